/** Where a table or a saved experiment is chosen. */
import { t } from '../../i18n/index.js';
import { loadFile } from '../../files.js';
import './file.css';

export function FilePicker() {
  return (
    <label class="file">
      {t('file')} <small>{t('drop')}</small>
      <input
        type="file"
        accept=".csv,.tsv,.txt,.json,text/csv,application/json"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // The same file may be chosen again after it was mended.
          event.currentTarget.value = '';
          if (file) loadFile(file);
        }}
      />
    </label>
  );
}
