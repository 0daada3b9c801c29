//! Words that must not change unseen: negations, numbers, units.

/// Whether a folded word denies something.
pub(super) fn is_negation(word: &str) -> bool {
    NEGATIONS.binary_search(&word).is_ok() || word.ends_with("n't")
}

#[rustfmt::skip]
const NEGATIONS: &[&str] = &[
    "aint", "cannot", "cant", "couldnt", "didnt", "doesnt", "dont", "hardly", "isnt", "jamais",
    "kein", "keine", "keinem", "keinen", "keiner", "neither", "never", "nicht", "nie", "niemals",
    "no", "nobody", "non", "none", "nor", "not", "nothing", "nowhere", "nunca", "pas", "wasnt",
    "without", "wont", "wouldnt",
];

/// What a folded word counts, in thousandths and as a text: `twelve`, `12` and `12.0` are one.
pub(super) fn number(word: &str) -> Option<String> {
    if let Ok(at) = NUMBERS.binary_search_by_key(&word, |(name, _)| name) {
        return Some(NUMBERS[at].1.to_owned());
    }
    if !word.starts_with(|it: char| it.is_numeric()) {
        return None;
    }
    let digits = word.trim_start_matches('0');
    let digits = if digits.contains('.') { digits.trim_end_matches('0') } else { digits };
    Some(digits.trim_end_matches('.').to_owned())
}

#[rustfmt::skip]
const NUMBERS: &[(&str, &str)] = &[
    ("billion", "1000000000"), ("dozen", "12"), ("eight", "8"), ("eighteen", "18"),
    ("eighty", "80"), ("eleven", "11"), ("fifteen", "15"), ("fifty", "50"), ("five", "5"),
    ("forty", "40"), ("four", "4"), ("fourteen", "14"), ("half", "half"), ("hundred", "100"),
    ("million", "1000000"), ("nine", "9"), ("nineteen", "19"), ("ninety", "90"),
    ("one", "1"), ("seven", "7"), ("seventeen", "17"), ("seventy", "70"), ("six", "6"),
    ("sixteen", "16"), ("sixty", "60"), ("ten", "10"), ("third", "third"), ("thirteen", "13"),
    ("thirty", "30"), ("thousand", "1000"), ("three", "3"), ("twelve", "12"), ("twenty", "20"),
    ("twice", "twice"), ("two", "2"), ("zero", ""),
];

/// The unit that a folded word names: one form for its singular, plural and abbreviation.
pub(super) fn unit(word: &str) -> Option<&'static str> {
    let found = UNITS.iter().find(|(_, names)| names.contains(&word));
    found.map(|(unit, _)| *unit)
}

#[rustfmt::skip]
const UNITS: &[(&str, &[&str])] = &[
    ("second", &["second", "seconds", "sec", "secs"]),
    ("millisecond", &["millisecond", "milliseconds", "ms"]),
    ("minute", &["minute", "minutes", "mins"]),
    ("hour", &["hour", "hours", "hrs"]),
    ("day", &["day", "days"]),
    ("week", &["week", "weeks"]),
    ("month", &["month", "months"]),
    ("year", &["year", "years"]),
    ("decade", &["decade", "decades"]),
    ("century", &["century", "centuries"]),
    ("millimetre", &["millimetre", "millimetres", "millimeter", "millimeters", "mm"]),
    ("centimetre", &["centimetre", "centimetres", "centimeter", "centimeters", "cm"]),
    ("metre", &["metre", "metres", "meter", "meters"]),
    ("kilometre", &["kilometre", "kilometres", "kilometer", "kilometers", "km"]),
    ("inch", &["inch", "inches"]),
    ("foot", &["foot", "feet"]),
    ("yard", &["yard", "yards"]),
    ("mile", &["mile", "miles"]),
    ("gram", &["gram", "grams", "gramme", "grammes"]),
    ("kilogram", &["kilogram", "kilograms", "kilo", "kilos", "kg"]),
    ("pound", &["pound", "pounds", "lb", "lbs", "quid"]),
    ("ounce", &["ounce", "ounces", "oz"]),
    ("ton", &["ton", "tons", "tonne", "tonnes"]),
    ("litre", &["litre", "litres", "liter", "liters"]),
    ("gallon", &["gallon", "gallons"]),
    ("degree", &["degree", "degrees"]),
    ("celsius", &["celsius", "centigrade"]),
    ("fahrenheit", &["fahrenheit"]),
    ("percent", &["percent", "pct"]),
    ("dollar", &["dollar", "dollars", "bucks", "usd"]),
    ("cent", &["cent", "cents"]),
    ("euro", &["euro", "euros", "eur"]),
    ("hertz", &["hertz", "hz"]),
    ("kilohertz", &["kilohertz", "khz"]),
    ("megahertz", &["megahertz", "mhz"]),
    ("decibel", &["decibel", "decibels", "db"]),
    ("kilobyte", &["kilobyte", "kilobytes", "kb"]),
    ("megabyte", &["megabyte", "megabytes", "mb", "megs"]),
    ("gigabyte", &["gigabyte", "gigabytes", "gb", "gigs"]),
    ("terabyte", &["terabyte", "terabytes", "tb"]),
    ("volt", &["volt", "volts"]),
    ("watt", &["watt", "watts"]),
];

/// Signs of currency and measure among punctuation.
pub(super) fn signs(punctuation: &str) -> String {
    let is_sign =
        |it: &char| matches!(it, '$' | '€' | '£' | '¥' | '₹' | '%' | '‰' | '°' | '¢' | '+');
    punctuation.chars().filter(is_sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(NEGATIONS.is_sorted());
        assert!(NUMBERS.is_sorted_by_key(|(name, _)| name));
    }

    #[test]
    fn numbers_are_compared_by_value() {
        assert_eq!(number("twelve"), number("12"));
        assert_eq!(number("12.50"), number("12.5"));
        assert_ne!(number("120"), number("12"));
        assert_eq!(number("0"), number("zero"));
        assert_eq!(number("tape"), None);
    }

    #[test]
    fn units_are_compared_by_name() {
        assert_eq!(unit("km"), unit("kilometers"));
        assert_ne!(unit("miles"), unit("km"));
        assert_eq!(unit("tape"), None);
    }

    #[test]
    fn negations_are_known_in_any_contraction() {
        assert!(is_negation("never") && is_negation("mustn't") && !is_negation("knot"));
    }
}
