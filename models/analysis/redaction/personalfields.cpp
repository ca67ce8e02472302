#include "personalfields.h"

#include "scantext.h"

#include <algorithm>
#include <array>
#include <string>

namespace arcscope
{
namespace
{

struct PersonalField {
    std::string_view words; ///< what the name ends with, words joined by one space
    std::string_view kind;
};

constexpr auto personalFields = std::to_array<PersonalField>({
    {"first name", "name"},
    {"last name", "name"},
    {"full name", "name"},
    {"given name", "name"},
    {"family name", "name"},
    {"middle name", "name"},
    {"maiden name", "name"},
    {"surname", "name"},
    {"firstname", "name"},
    {"lastname", "name"},
    {"fullname", "name"},
    {"customer name", "name"},
    {"user name", "name"},
    {"username", "name"},
    {"passenger name", "name"},
    {"patient name", "name"},
    {"contact name", "name"},
    {"cardholder name", "name"},
    {"account holder", "name"},
    {"recipient name", "name"},
    {"email", "email"},
    {"e mail", "email"},
    {"email address", "email"},
    {"mail address", "email"},
    {"phone", "phone"},
    {"phone number", "phone"},
    {"mobile", "phone"},
    {"mobile number", "phone"},
    {"telephone", "phone"},
    {"fax", "phone"},
    {"ssn", "ssn"},
    {"social security number", "ssn"},
    {"iban", "iban"},
    {"card number", "card"},
    {"credit card", "card"},
    {"account number", "account"},
    {"passport", "licence"},
    {"passport number", "licence"},
    {"license number", "licence"},
    {"driver license", "licence"},
    {"tax id", "national-id"},
    {"national id", "national-id"},
    {"date of birth", "birth"},
    {"birth date", "birth"},
    {"birthdate", "birth"},
    {"dob", "birth"},
    {"birthday", "birth"},
    {"street", "address"},
    {"street address", "address"},
    {"address line 1", "address"},
    {"address1", "address"},
    {"address2", "address"},
    {"address line 2", "address"},
    {"address line", "address"},
    {"home address", "address"},
    {"postal address", "address"},
    {"shipping address", "address"},
    {"billing address", "address"},
    {"postal code", "address"},
    {"zip code", "address"},
    {"postcode", "address"},
    {"zip", "address"},
    {"client address", "ip"},
    {"client ip", "ip"},
    {"ip address", "ip"},
    {"remote addr", "ip"},
    {"x forwarded for", "ip"},
    {"password", "secret"},
    {"passwd", "secret"},
    {"passphrase", "secret"},
    {"secret", "secret"},
    {"client secret", "secret"},
    {"api key", "secret"},
    {"apikey", "secret"},
    {"x api key", "secret"},
    {"secret key", "secret"},
    {"access key", "secret"},
    {"access token", "secret"},
    {"refresh token", "secret"},
    {"auth token", "secret"},
    {"id token", "secret"},
    {"authorization", "secret"},
    {"proxy authorization", "secret"},
    {"cookie", "secret"},
    {"set cookie", "secret"},
    {"private key", "secret"},
    {"session token", "secret"},
    {"credentials", "secret"},
    {"user id", "user"},
    {"userid", "user"},
    {"enduser id", "user"},
    {"customer id", "user"},
    {"enduser pseudo id", "user"},
    {"tenant", "tenant"},
    {"tenant id", "tenant"},
    {"customer company", "tenant"},
    {"organization name", "tenant"},
    {"company name", "tenant"},
});

/// Names that are personal alone and say nothing at the end of a longer one.
constexpr auto aloneFields = std::to_array<PersonalField>({{"user", "user"}, {"author email", "email"}});

/// "customer.firstName" as "customer first name".
std::string wordsOf(std::string_view field)
{
    std::string words;
    for (std::size_t i = 0; i < field.size(); ++i) {
        const char c = field[i];
        const bool letter = isAsciiLetter(c) || isAsciiDigit(c) || isUtf8Byte(c);
        const bool begins = c >= 'A' && c <= 'Z' && i > 0 && field[i - 1] >= 'a' && field[i - 1] <= 'z';
        if ((!letter || begins) && !words.empty() && words.back() != ' ')
            words += ' ';
        if (letter)
            words += lowerAscii(c);
    }
    while (!words.empty() && words.back() == ' ')
        words.pop_back();
    return words;
}

} // namespace

std::string_view sourceName(std::string_view field)
{
    for (const std::string_view prefix : {"arcscope.record.", "arcscope.resource."}) {
        if (field.starts_with(prefix))
            return field.substr(prefix.size());
    }
    return field;
}

std::string_view personalKindOf(std::string_view field)
{
    constexpr std::size_t longest = 80;
    if (field.empty() || field.size() > longest)
        return {};
    const std::string words = wordsOf(field);
    if (words.ends_with("i phone")) // the make
        return {};
    for (const PersonalField& known : aloneFields) {
        if (words == known.words)
            return known.kind;
    }
    for (const PersonalField& known : personalFields) {
        if (words.ends_with(known.words) &&
            (words.size() == known.words.size() || words[words.size() - known.words.size() - 1] == ' '))
            return known.kind;
    }
    return {};
}

bool saysSomething(std::string_view value)
{
    constexpr auto nothing = std::to_array<std::string_view>(
        {"true",         "false",    "null",       "none",   "nil",  "undefined", "unknown", "n/a",       "na",
         "anonymous",    "guest",    "default",    "test",   "user", "root",      "admin",   "string",    "required",
         "optional",     "redacted", "[redacted]", "hidden", "0",    "1",         "system",  "assistant", "bearer",
         "not recorded", "api",      "app",        "web",    "bot",  "cli",       "dev",     "qa",        "ai",
         "llm",          "sdk",      "me",         "yes",    "no",   "ok"});
    const std::string lower = lowered(value);
    if (value.size() < 2 || std::find(nothing.begin(), nothing.end(), lower) != nothing.end())
        return false;
    const bool hole = value.front() == '<' || value.front() == '$' || value.front() == '{' || value.front() == '%';
    return !hole && std::any_of(value.begin(), value.end(), [](char c) {
        return isAsciiLetter(c) || isAsciiDigit(c) || isUtf8Byte(c);
    }) && lower.find_first_not_of("*x-. ") != std::string::npos;
}

bool isStructural(std::string_view field, std::string_view value)
{
    constexpr auto ids =
        std::to_array<std::string_view>({"traceId", "spanId", "parentSpanId", "trace_id", "span_id", "parent_span_id"});
    constexpr auto times =
        std::to_array<std::string_view>({"startTimeUnixNano", "endTimeUnixNano", "timeUnixNano", "observedTimeUnixNano",
                                         "start_time_unix_nano", "end_time_unix_nano", "time_unix_nano"});
    constexpr auto counts = std::to_array<std::string_view>(
        {"kind", "flags", "droppedAttributesCount", "droppedEventsCount", "droppedLinksCount"});
    const auto isOf = [&](const auto& names) { return std::find(names.begin(), names.end(), field) != names.end(); };
    constexpr std::size_t longestCount = 4;
    constexpr std::size_t longestTime = 20;
    constexpr std::size_t longestId = 32;
    const bool digits = value.find_first_not_of("0123456789") == std::string_view::npos;
    if (isOf(ids))
        return value.size() <= longestId && value.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
    return digits && ((isOf(times) && value.size() <= longestTime) || (isOf(counts) && value.size() <= longestCount));
}

bool isVocabulary(std::string_view field)
{
    constexpr auto names = std::to_array<std::string_view>(
        {"role", "type", "kind", "finish_reason", "stop_reason", "mime_type", "media_type", "modality", "is_error"});
    return std::find(names.begin(), names.end(), field) != names.end();
}

bool isPlainWord(std::string_view text)
{
    constexpr std::size_t longest = 40;
    return text.size() <= longest && std::all_of(text.begin(), text.end(), [](char c) {
               return isAsciiWord(c) || c == '-' || c == '.' || c == '/' || c == ':';
           });
}

} // namespace arcscope
