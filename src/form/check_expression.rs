//! The types of expressions, and the short list of what an expression may contain.
use std::sync::Arc;

use cel::IdedExpr;
use cel::common::ast::{CallExpr, Expr, LiteralValue, operators};
use chrono::NaiveDate;

use super::bilingual::Bilingual;

/// The type of an expression. Choice types know their codes, so that a mistyped code is found at load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    Bool,
    Integer,
    Decimal,
    Text,
    Date,
    Choice(Codes),
    Choices(Codes),
    Null,
    /// A text in the expression itself: may stand for text, a code or a date.
    Literal(String),
    /// `['a', 'b']`
    List(Vec<Type>),
}

/// What an expression may call; `infer_call` says with what.
const FUNCTIONS: [&str; 6] = ["has", "age", "months", "days", "size", "municipality"];

/// The codes of a choice item.
pub type Codes = Arc<[String]>;

#[cfg(test)]
pub fn codes<const N: usize>(codes: [&str; N]) -> Codes {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

impl Type {
    fn describe(&self) -> Bilingual {
        let (ja, en) = match self {
            Self::Bool => ("真偽", "true or false"),
            Self::Integer => ("整数", "a whole number"),
            Self::Decimal => ("小数", "a decimal number"),
            Self::Text | Self::Literal(_) => ("文字列", "text"),
            Self::Date => ("日付", "a date"),
            Self::Choice(_) => ("選択", "a choice"),
            Self::Choices(_) | Self::List(_) => ("選択の組", "a set of choices"),
            Self::Null => ("なし", "nothing"),
        };
        Bilingual::new(ja, en)
    }
}

/// Why an expression is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch(pub Bilingual);

impl Mismatch {
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self(Bilingual::new(ja, en))
    }
}

type Names<'n> = dyn FnMut(&str) -> Option<Type> + 'n;

/// The type of the expression, or the first thing in it that makes no sense.
pub fn infer(expression: &IdedExpr, names: &mut Names<'_>) -> Result<Type, Mismatch> {
    match &expression.expr {
        Expr::Literal(literal) => literal_type(literal),
        Expr::Ident(name) => names(name).ok_or_else(|| {
            Mismatch::new(
                format!("式の中の「{name}」という項目はありません。"),
                format!("The expression names \"{name}\", and there is no such item."),
            )
        }),
        Expr::List(list) if list.optional_indices.is_empty() => {
            Ok(Type::List(list.elements.iter().map(|e| infer(e, names)).collect::<Result<_, _>>()?))
        }
        Expr::Call(call) if call.target.is_none() => infer_call(call, names),
        _ => Err(not_allowed("この書き方", "this construct")),
    }
}

fn literal_type(literal: &LiteralValue) -> Result<Type, Mismatch> {
    Ok(match literal {
        LiteralValue::Boolean(_) => Type::Bool,
        LiteralValue::Int(_) => Type::Integer,
        LiteralValue::Double(_) => Type::Decimal,
        LiteralValue::String(text) => Type::Literal(text.inner().to_owned()),
        LiteralValue::Null => Type::Null,
        LiteralValue::Bytes(_) | LiteralValue::UInt(_) => {
            return Err(not_allowed("この定数", "this constant"));
        }
    })
}

fn infer_call(call: &CallExpr, names: &mut Names<'_>) -> Result<Type, Mismatch> {
    let arguments: Vec<Type> = call.args.iter().map(|a| infer(a, names)).collect::<Result<_, _>>()?;
    let name = call.func_name.as_str();
    match (name, arguments.as_slice()) {
        (operators::LOGICAL_AND | operators::LOGICAL_OR, [Type::Bool, Type::Bool])
        | (operators::LOGICAL_NOT, [Type::Bool]) => Ok(Type::Bool),
        (operators::EQUALS | operators::NOT_EQUALS, [a, b]) => comparable(a, b).map(|()| Type::Bool),
        (
            operators::LESS | operators::LESS_EQUALS | operators::GREATER | operators::GREATER_EQUALS,
            [a, b],
        ) => ordered(a, b).map(|()| Type::Bool),
        (operators::IN, [needle, Type::List(elements)]) => {
            elements.iter().try_for_each(|element| comparable(needle, element))?;
            Ok(Type::Bool)
        }
        (operators::IN, [needle, Type::Choices(codes)]) => {
            comparable(needle, &Type::Choice(codes.clone())).map(|()| Type::Bool)
        }
        (operators::ADD | operators::SUBSTRACT | operators::MULTIPLY, [Type::Integer, Type::Integer])
        | (operators::NEGATE, [Type::Integer])
        | ("size", [Type::Choices(_)]) => Ok(Type::Integer),
        (operators::CONDITIONAL, [Type::Bool, a, b]) => {
            comparable(a, b)?;
            Ok(if matches!(a, Type::Literal(_) | Type::Null) { b.clone() } else { a.clone() })
        }
        ("has", [Type::Literal(_) | Type::List(_) | Type::Null]) => {
            Err(not_allowed("定数の has ", "\"has\" of a constant"))
        }
        ("has", [_]) => Ok(Type::Bool),
        ("age" | "months" | "days", [Type::Date, Type::Date]) => Ok(Type::Integer),
        ("municipality", [Type::Text]) => Ok(Type::Text),
        _ => Err(refused_call(name, &arguments)),
    }
}

fn comparable(a: &Type, b: &Type) -> Result<(), Mismatch> {
    match (a, b) {
        (Type::Null, _) | (_, Type::Null) => Ok(()),
        (Type::Literal(_), Type::Literal(_))
        | (Type::Literal(_), Type::Text)
        | (Type::Text, Type::Literal(_)) => Ok(()),
        (Type::Literal(code), Type::Choice(codes)) | (Type::Choice(codes), Type::Literal(code)) => {
            if codes.contains(code) {
                return Ok(());
            }
            let known = codes.join(", ");
            Err(Mismatch::new(
                format!("「{code}」という選択肢はありません (あるのは {known})。"),
                format!("There is no answer \"{code}\"; the answers are {known}."),
            ))
        }
        (Type::Literal(date), Type::Date) | (Type::Date, Type::Literal(date)) => {
            // Only the full form compares correctly as text.
            if date.len() == 10 && date.parse::<NaiveDate>().is_ok() {
                return Ok(());
            }
            Err(Mismatch::new(
                format!("「{date}」は日付ではありません (例 2026-07-14)。"),
                format!("\"{date}\" is not a date such as 2026-07-14."),
            ))
        }
        (Type::Integer | Type::Decimal, Type::Integer | Type::Decimal) => Ok(()),
        (Type::List(_) | Type::Choices(_), _) | (_, Type::List(_) | Type::Choices(_)) => {
            Err(cannot_compare(a, b))
        }
        (a, b) if a == b => Ok(()),
        _ => Err(cannot_compare(a, b)),
    }
}

fn ordered(a: &Type, b: &Type) -> Result<(), Mismatch> {
    match (a, b) {
        (Type::Date, Type::Date | Type::Literal(_)) | (Type::Literal(_), Type::Date) => comparable(a, b),
        (Type::Integer | Type::Decimal, Type::Integer | Type::Decimal) => Ok(()),
        _ => Err(cannot_compare(a, b)),
    }
}

fn cannot_compare(a: &Type, b: &Type) -> Mismatch {
    let (a, b) = (a.describe(), b.describe());
    Mismatch::new(
        format!("{}と{}は比べられません。", a.ja, b.ja),
        format!("It compares {} with {}, which cannot be.", a.en, b.en),
    )
}

fn refused_call(name: &str, arguments: &[Type]) -> Mismatch {
    let name = name.trim_matches(|c| c == '_' || c == '@');
    if name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !FUNCTIONS.contains(&name) {
        let all = FUNCTIONS.join(", ");
        return Mismatch::new(
            format!("式の中の「{name}」という関数はありません (あるのは {all})。"),
            format!("There is no function \"{name}\"; the functions are {all}."),
        );
    }
    let ja = arguments.iter().map(|a| a.describe().ja).collect::<Vec<_>>().join("、");
    let en = arguments.iter().map(|a| a.describe().en).collect::<Vec<_>>().join(", ");
    Mismatch::new(
        format!("「{name}」は({ja})には使えません。"),
        format!("\"{name}\" cannot be used with ({en})."),
    )
}

fn not_allowed(ja: &str, en: &str) -> Mismatch {
    Mismatch::new(format!("式では{ja}は使えません。"), format!("An expression may not contain {en}."))
}
