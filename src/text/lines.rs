//! Words that only the panels told in lines need: what a picture shows by its place.
super::texts! {
    /// {0} the item or row with the focus, {1} of how many.
    PLACE = "{1}中{0}", "{0} of {1}";
    REQUIRED = "必須", "required";
    CHOOSE_ONE = "一つ選ぶ", "choose one";
    CHOOSE_ANY = "いくつでも", "choose any";
    NOT_COMPARED = "原本と未照合", "not compared";
    EMPTY = "空", "empty";
    /// What stands under the caret when it is moved behind the text.
    TEXT_ENDS = "末尾", "end";
}
