#include "numberwords.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

struct Named {
    std::string_view word;
    double number;
};

constexpr auto cardinals = std::to_array<Named>(
    {{"zero", 0},      {"one", 1},       {"two", 2},       {"three", 3},    {"four", 4},     {"five", 5},
     {"six", 6},       {"seven", 7},     {"eight", 8},     {"nine", 9},     {"ten", 10},     {"eleven", 11},
     {"twelve", 12},   {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17},
     {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},   {"thirty", 30},  {"forty", 40},   {"fifty", 50},
     {"sixty", 60},    {"seventy", 70},  {"eighty", 80},   {"ninety", 90}});

constexpr auto ordinals = std::to_array<Named>(
    {{"first", 1},      {"second", 2},       {"third", 3},       {"fourth", 4},      {"fifth", 5},
     {"sixth", 6},      {"seventh", 7},      {"eighth", 8},      {"ninth", 9},       {"tenth", 10},
     {"eleventh", 11},  {"twelfth", 12},     {"thirteenth", 13}, {"fourteenth", 14}, {"fifteenth", 15},
     {"sixteenth", 16}, {"seventeenth", 17}, {"eighteenth", 18}, {"nineteenth", 19}, {"twentieth", 20},
     {"thirtieth", 30}, {"hundredth", 100}});

constexpr auto magnitudes = std::to_array<Named>({{"hundred", 1e2},
                                                  {"thousand", 1e3},
                                                  {"million", 1e6},
                                                  {"billion", 1e9},
                                                  {"trillion", 1e12},
                                                  {"k", 1e3},
                                                  {"mn", 1e6},
                                                  {"mio", 1e6},
                                                  {"bn", 1e9},
                                                  {"dozen", 12},
                                                  {"dozens", 12}});

constexpr auto months = std::to_array<std::string_view>({"january", "february", "march", "april", "may", "june", "july",
                                                         "august", "september", "october", "november", "december"});
constexpr auto weekdays =
    std::to_array<std::string_view>({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"});

struct Currency {
    std::string_view word;
    std::string_view code;
};
/// Codes of ISO 4217 that are no words, and signs.
constexpr auto currencies = std::to_array<Currency>(
    {{"$", "usd"},      {"usd", "usd"},     {"dollar", "usd"}, {"dollars", "usd"}, {"eur", "eur"}, {"euro", "eur"},
     {"euros", "eur"},  {"gbp", "gbp"},     {"pounds", "gbp"}, {"jpy", "jpy"},     {"yen", "jpy"}, {"chf", "chf"},
     {"francs", "chf"}, {"inr", "inr"},     {"rupees", "inr"}, {"cad", "cad"},     {"aud", "aud"}, {"cny", "cny"},
     {"yuan", "cny"},   {"bucks", "usd"},   {"nok", "nok"},    {"sek", "sek"},     {"dkk", "dkk"}, {"isk", "isk"},
     {"kroner", "nok"}, {"kronor", "sek"},  {"pln", "pln"},    {"zloty", "pln"},   {"czk", "czk"}, {"huf", "huf"},
     {"ils", "ils"},    {"shekels", "ils"}, {"₪", "ils"},      {"₹", "inr"},       {"zar", "zar"}, {"brl", "brl"},
     {"mxn", "mxn"},    {"krw", "krw"},     {"₩", "krw"},      {"sgd", "sgd"},     {"hkd", "hkd"}, {"nzd", "nzd"},
     {"thb", "thb"},    {"twd", "twd"},     {"vnd", "vnd"},    {"myr", "myr"},     {"aed", "aed"}, {"uah", "uah"},
     {"₴", "uah"},      {"₽", "rub"},     {"₺", "try"},      {"clp", "clp"}});

struct NamedUnit {
    std::string_view word;
    Unit unit;
};
constexpr double minute = 60;
constexpr double hour = 3'600;
constexpr double day = 86'400;
constexpr auto units = std::to_array<NamedUnit>({
    {"ns", {"s", 1e-9}},
    {"nanosecond", {"s", 1e-9}},
    {"us", {"s", 1e-6}},
    {"microsecond", {"s", 1e-6}},
    {"ms", {"s", 1e-3}},
    {"millisecond", {"s", 1e-3}},
    {"s", {"s", 1}},
    {"sec", {"s", 1}},
    {"second", {"s", 1}},
    {"min", {"s", minute}},
    {"minute", {"s", minute}},
    {"h", {"s", hour}},
    {"hr", {"s", hour}},
    {"hour", {"s", hour}},
    {"day", {"s", day}},
    {"week", {"s", 7 * day}},
    {"byte", {"byte", 1}},
    {"kb", {"byte", 1e3}},
    {"mb", {"byte", 1e6}},
    {"gb", {"byte", 1e9}},
    {"tb", {"byte", 1e12}},
    {"kib", {"byte", 1024}},
    {"mib", {"byte", 1048576}},
    {"gib", {"byte", 1073741824}},
    {"kilobyte", {"byte", 1e3}},
    {"megabyte", {"byte", 1e6}},
    {"gigabyte", {"byte", 1e9}},
    {"terabyte", {"byte", 1e12}},
    {"mm", {"m", 1e-3}},
    {"cm", {"m", 1e-2}},
    {"m", {"m", 1}},
    {"km", {"m", 1e3}},
    {"meter", {"m", 1}},
    {"metre", {"m", 1}},
    {"kilometer", {"m", 1e3}},
    {"kilometre", {"m", 1e3}},
    {"centimeter", {"m", 1e-2}},
    {"millimeter", {"m", 1e-3}},
    {"mile", {"m", 1609.344}},
    {"foot", {"m", 0.3048}},
    {"feet", {"m", 0.3048}},
    {"ft", {"m", 0.3048}},
    {"inch", {"m", 0.0254}},
    {"inches", {"m", 0.0254}},
    {"mg", {"g", 1e-3}},
    {"g", {"g", 1}},
    {"gram", {"g", 1}},
    {"kg", {"g", 1e3}},
    {"kilogram", {"g", 1e3}},
    {"lb", {"g", 453.59237}},
    {"lbs", {"g", 453.59237}},
    {"ton", {"g", 1e6}},
    {"tonne", {"g", 1e6}},
    {"x", {"times", 1}},
    {"deg", {"degree", 1}},
    {"degree", {"degree", 1}},
});

template <std::size_t size>
std::optional<double> numberIn(const std::array<Named, size>& table, std::string_view word)
{
    const auto found = std::ranges::find(table, word, &Named::word);
    return found == table.end() ? std::nullopt : std::optional(found->number);
}

/// The place of a name in a list that gives it whole or by its first three letters.
template <std::size_t size>
int placeIn(const std::array<std::string_view, size>& names, std::string_view word)
{
    for (std::size_t i = 0; i < size; ++i) {
        if (word == names[i] || (word.size() == 3 && names[i].starts_with(word)))
            return static_cast<int>(i) + 1;
    }
    return 0;
}

} // namespace

std::optional<double> cardinalWord(std::string_view word)
{
    return numberIn(cardinals, word);
}

std::optional<double> ordinalWord(std::string_view word)
{
    return numberIn(ordinals, word);
}

std::optional<double> magnitudeWord(std::string_view word)
{
    return numberIn(magnitudes, word);
}

int monthWord(std::string_view word)
{
    return word == "sept" ? 9 : placeIn(months, word);
}

int weekdayWord(std::string_view word)
{
    return word == "sat" || word == "sun" ? 0 : placeIn(weekdays, word);
}

std::string_view currencyWord(std::string_view word)
{
    const auto found = std::ranges::find(currencies, word, &Currency::word);
    return found == currencies.end() ? std::string_view() : found->code;
}

std::optional<Unit> unitWord(std::string_view word)
{
    for (int plural = 0; plural < 2; ++plural) {
        const auto found = std::ranges::find(units, word, &NamedUnit::word);
        if (found != units.end())
            return found->unit;
        if (word.size() < 4 || !word.ends_with('s'))
            break;
        word.remove_suffix(1);
    }
    return std::nullopt;
}

} // namespace arcscope
