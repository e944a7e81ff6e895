//! Sentences of this area.

super::texts! {
    TRAINING = "訓練", "Training";
}
