//! safetensors: a network's weights under PyTorch's names, ready for `load_state_dict`.

use crate::learn::Tensor;
use safetensors::tensor::{Dtype, TensorView};

/// The file's bytes (little-endian `F32`).
pub fn safetensors(tensors: &[Tensor]) -> Vec<u8> {
    let bytes: Vec<Vec<u8>> = tensors.iter().map(|tensor| tensor.values.iter().flat_map(|value| value.to_le_bytes()).collect()).collect();
    let views = tensors.iter().zip(&bytes).map(|(tensor, bytes)| {
        (tensor.name.as_str(), TensorView::new(Dtype::F32, tensor.shape.clone(), bytes).expect("shape and bytes agree"))
    });
    safetensors::serialize(views, None).expect("names and shapes are plain")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_with_names_shapes_and_values() {
        let tensor = Tensor { name: "0.weight".into(), shape: vec![1, 3], values: vec![1.0, -2.0, 0.5] };
        let file = safetensors(&[tensor]);
        let read = safetensors::SafeTensors::deserialize(&file).unwrap();
        let view = read.tensor("0.weight").unwrap();
        assert_eq!(view.shape(), [1, 3]);
        assert_eq!(view.data(), [1.0_f32, -2.0, 0.5].iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<_>>());
    }
}
