/** Glossary: layers that read sequences, and blocks with a way around. */

/** @type {import('./terms.js').Term[]} */
export default [
  {
    id: 'sequence',
    name: ['Sequence', '序列'],
    see: ['recurrent', 'attention', 'shape'],
    text: ['Numbers that come one step after the other: measurements over time, the words of a sentence. Their order carries meaning.', '一步接一步到来的数：随时间的测量值、一句话里的词。它们的先后顺序本身带有信息。'],
    where: ['Shapes such as 32×4: 32 steps of 4 features.', '形如 32×4 的形状：32 步，每步 4 个特征。'],
  },
  {
    id: 'token',
    name: ['Token', '词元'],
    see: ['embedding', 'sequence'],
    text: ['One word or sign out of a fixed list, given by its number in that list. The number is a name: token 7 is not more than token 3.', '固定词表中的一个词或符号，用它在表中的编号表示。编号只是名字：7 号词元并不比 3 号“大”。'],
    where: ['Data of tokens needs an embedding as its first layer.', '词元数据的第一层必须是嵌入层。'],
  },
  {
    id: 'embedding',
    name: ['Embedding', '嵌入'],
    see: ['token', 'weight'],
    text: ['A table with a vector for each token, which training changes: tokens that are used alike end up with similar vectors.', '给每个词元一个向量的表，训练会改变这些向量：用法相近的词元最终得到相近的向量。'],
    where: ['Model › Hidden layers › Embedding.', '模型 › 隐藏层 › 嵌入。'],
  },
  {
    id: 'recurrent',
    name: ['Recurrent layer (RNN)', '循环层（RNN）'],
    see: ['lstm', 'gru', 'hidden-state', 'sequence'],
    text: ['Reads a sequence step by step. At each step its units see the new numbers and their own last output, with the same weights every time.', '逐步读取序列。每一步的神经元看到新到的数和自己上一步的输出，每一步使用同样的权重。'],
    formula: 'hₜ = tanh(W xₜ + U hₜ₋₁ + b)',
    where: ['Model › Hidden layers › Recurrent (RNN). Over long sequences its gradients vanish; compare an LSTM.', '模型 › 隐藏层 › 循环层（RNN）。序列很长时梯度会消失，可与 LSTM 比较。'],
  },
  {
    id: 'hidden-state',
    name: ['Hidden state', '隐藏状态'],
    see: ['recurrent', 'lstm', 'gru'],
    text: ['What a recurrent layer carries from one step to the next: its memory of all that it has read so far.', '循环层从一步带到下一步的数：它对已读内容的记忆。'],
    where: ['Recurrent (RNN) › Returns: the state after the last step, or after every step.', '循环层（RNN） › 返回：最后一步之后的状态，或每一步之后的状态。'],
  },
  {
    id: 'lstm',
    name: ['LSTM', 'LSTM'],
    see: ['gru', 'recurrent', 'hidden-state', 'vanishing-gradient'],
    text: [
      'Long short-term memory: a recurrent layer with a cell state c beside its output h. Gates between 0 and 1 say how much to write (i), to keep (f) and to show (o). What is kept passes unchanged, so that gradients reach far back.',
      '长短期记忆：在输出 h 之外还有记忆（细胞状态）c 的循环层。介于 0 与 1 的门决定写入多少（i）、保留多少（f）、显示多少（o）。被保留的内容原样传递，梯度因此能回到很早的步。',
    ],
    formula: 'cₜ = f cₜ₋₁ + i g,   hₜ = o tanh cₜ',
    where: ['Model › Hidden layers › LSTM.', '模型 › 隐藏层 › LSTM。'],
  },
  {
    id: 'gru',
    name: ['GRU', 'GRU'],
    see: ['lstm', 'recurrent', 'hidden-state'],
    text: ['Gated recurrent unit: mixes its old state with a new one. One gate says how much stays (z), another how much of the old state the new one looks at (r).', '门控循环单元：把旧状态与新状态混合。一个门决定保留多少旧状态（z），另一个决定新状态参考多少旧状态（r）。'],
    formula: 'hₜ = (1 − z) n + z hₜ₋₁',
    where: ['Model › Hidden layers › GRU.', '模型 › 隐藏层 › GRU。'],
  },
  {
    id: 'attention',
    name: ['Attention', '注意力'],
    see: ['positional-encoding', 'residual', 'softmax', 'sequence'],
    text: [
      'Every step asks a question (query, Q) of all steps; each is compared by its key (K), and what fits best gives most of its value (V). Any two steps are one layer apart, however long the sequence. A head is one such question.',
      '每一步向所有步发出查询（Q）；与各步的键（K）比较，越契合的步贡献越多的值（V）。无论序列多长，任意两步之间只隔一层。一个头就是一组这样的查询。',
    ],
    formula: 'A = softmax(Q Kᵀ ⁄ √d),   Y = A V',
    where: ['Model › Hidden layers › Self-attention; looked at closely, the layer shows which step attends to which.', '模型 › 隐藏层 › 自注意力；细看该层，可见哪一步在关注哪一步。'],
  },
  {
    id: 'positional-encoding',
    name: ['Positional encoding', '位置编码'],
    see: ['attention', 'sequence'],
    text: ['Waves of many lengths that are added to the steps. Attention treats steps as a heap; the waves tell it which came first.', '加到各步上的多种波长的波形。注意力把各步看作无序的一堆，这些波形告诉它先后。'],
    where: ['Model › Hidden layers › Positional encoding, before attention.', '模型 › 隐藏层 › 位置编码，放在注意力之前。'],
  },
  {
    id: 'pointwise',
    name: ['Dense at every step', '逐步全连接'],
    see: ['sequence', 'attention', 'layer'],
    text: ['One dense layer that works on each step of a sequence by itself, with the same weights: attention mixes steps, this mixes features.', '对序列的每一步单独使用同一个全连接层：注意力混合各步，它混合各特征。'],
    where: ['Model › Hidden layers › Dense at every step.', '模型 › 隐藏层 › 逐步全连接。'],
  },
  {
    id: 'residual',
    name: ['Residual block', '残差块'],
    see: ['layer', 'vanishing-gradient', 'attention'],
    text: ['Its input goes around its layers and is added to their output. They learn a correction instead of everything, and gradients have a straight way back through any number of blocks.', '输入从各层旁边绕过，再与这些层的输出相加。各层只需学习修正量；无论堆多少块，梯度都有一条直通的回路。'],
    formula: 'y = x + F(x)',
    where: ['Model › Hidden layers › Residual block. Where its layers change the shape, a linear map fits the input to it.', '模型 › 隐藏层 › 残差块。若其中的层改变形状，用线性映射使输入与之相配。'],
  },
];
