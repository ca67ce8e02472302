#include "invoice.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace arcscope
{
namespace
{

enum class Meaning : std::uint8_t {
    None,
    Day,
    Model,
    Response,
    Input,
    UncachedInput,
    CacheRead,
    CacheWrite,
    CacheWriteLong,
    Output,
    Reasoning,
    Total,
    Class,
    Quantity,
    Requests,
    Money,
    Currency,
};

struct Known {
    Meaning meaning;
    std::string_view name; ///< words parted by blanks
};

constexpr auto known = std::to_array<Known>({
    {Meaning::Day, "date"},
    {Meaning::Day, "day"},
    {Meaning::Day, "usage date"},
    {Meaning::Day, "usage date utc"},
    {Meaning::Day, "date utc"},
    {Meaning::Day, "start"},
    {Meaning::Day, "start time"},
    {Meaning::Day, "start time iso"},
    {Meaning::Day, "start date"},
    {Meaning::Day, "starting at"},
    {Meaning::Day, "usage start time"},
    {Meaning::Day, "bucket start time"},
    {Meaning::Day, "timestamp"},
    {Meaning::Day, "time"},
    {Meaning::Day, "period"},
    {Meaning::Day, "created"},
    {Meaning::Day, "created at"},
    {Meaning::Model, "model"},
    {Meaning::Model, "model name"},
    {Meaning::Model, "model id"},
    {Meaning::Model, "model version"},
    {Meaning::Model, "model permaslug"},
    {Meaning::Model, "snapshot id"},
    {Meaning::Model, "deployment"},
    {Meaning::Model, "sku"},
    {Meaning::Model, "sku description"},
    {Meaning::Model, "meter"},
    {Meaning::Model, "line item"},
    {Meaning::Model, "item"},
    {Meaning::Model, "product"},
    {Meaning::Model, "description"},
    {Meaning::Response, "response id"},
    {Meaning::Response, "request id"},
    {Meaning::Response, "message id"},
    {Meaning::Response, "generation id"},
    {Meaning::Response, "completion id"},
    {Meaning::Response, "id"},
    {Meaning::Input, "input tokens"},
    {Meaning::Input, "input"},
    {Meaning::Input, "prompt tokens"},
    {Meaning::Input, "tokens prompt"},
    {Meaning::Input, "native tokens prompt"},
    {Meaning::Input, "context tokens"},
    {Meaning::Input, "n context tokens total"},
    {Meaning::Input, "usage input tokens"},
    {Meaning::Input, "total input tokens"},
    {Meaning::UncachedInput, "uncached input tokens"},
    {Meaning::UncachedInput, "usage input tokens no cache"},
    {Meaning::UncachedInput, "input tokens no cache"},
    {Meaning::UncachedInput, "input uncached tokens"},
    {Meaning::CacheRead, "cache read input tokens"},
    {Meaning::CacheRead, "cache read tokens"},
    {Meaning::CacheRead, "cache read"},
    {Meaning::CacheRead, "usage input tokens cache read"},
    {Meaning::CacheRead, "cached tokens"},
    {Meaning::CacheRead, "cached input tokens"},
    {Meaning::CacheRead, "input cached tokens"},
    {Meaning::CacheRead, "n cached context tokens total"},
    {Meaning::CacheRead, "native tokens cached"},
    {Meaning::CacheRead, "cached"},
    {Meaning::CacheWrite, "cache creation input tokens"},
    {Meaning::CacheWrite, "cache creation tokens"},
    {Meaning::CacheWrite, "cache write tokens"},
    {Meaning::CacheWrite, "cache write input tokens"},
    {Meaning::CacheWrite, "cache write"},
    {Meaning::CacheWrite, "cache write 5m tokens"},
    {Meaning::CacheWrite, "usage input tokens cache write 5m"},
    {Meaning::CacheWrite, "cache creation 5m tokens"},
    {Meaning::CacheWriteLong, "cache write 1h tokens"},
    {Meaning::CacheWriteLong, "usage input tokens cache write 1h"},
    {Meaning::CacheWriteLong, "cache creation 1h tokens"},
    {Meaning::Output, "output tokens"},
    {Meaning::Output, "output"},
    {Meaning::Output, "completion tokens"},
    {Meaning::Output, "tokens completion"},
    {Meaning::Output, "native tokens completion"},
    {Meaning::Output, "generated tokens"},
    {Meaning::Output, "n generated tokens total"},
    {Meaning::Output, "usage output tokens"},
    {Meaning::Output, "total output tokens"},
    {Meaning::Reasoning, "reasoning tokens"},
    {Meaning::Reasoning, "native tokens reasoning"},
    {Meaning::Reasoning, "thinking tokens"},
    {Meaning::Reasoning, "thoughts tokens"},
    {Meaning::Total, "total tokens"},
    {Meaning::Total, "tokens"},
    {Meaning::Total, "tokens total"},
    {Meaning::Class, "token type"},
    {Meaning::Class, "usage type"},
    {Meaning::Class, "type"},
    {Meaning::Class, "cost type"},
    {Meaning::Quantity, "quantity"},
    {Meaning::Quantity, "units"},
    {Meaning::Quantity, "usage"},
    {Meaning::Quantity, "usage quantity"},
    {Meaning::Quantity, "usage amount"},
    {Meaning::Quantity, "consumed quantity"},
    {Meaning::Requests, "requests"},
    {Meaning::Requests, "request count"},
    {Meaning::Requests, "num requests"},
    {Meaning::Requests, "num model requests"},
    {Meaning::Requests, "n requests"},
    {Meaning::Requests, "calls"},
    {Meaning::Money, "cost"},
    {Meaning::Money, "cost usd"},
    {Meaning::Money, "cost in usd"},
    {Meaning::Money, "total cost"},
    {Meaning::Money, "cost total"},
    {Meaning::Money, "amount"},
    {Meaning::Money, "amount usd"},
    {Meaning::Money, "amount value"},
    {Meaning::Money, "price"},
    {Meaning::Money, "charge"},
    {Meaning::Money, "charges"},
    {Meaning::Money, "net amount"},
    {Meaning::Money, "net cost"},
    {Meaning::Money, "pretax cost"},
    {Meaning::Money, "billed cost"},
    {Meaning::Money, "unblended cost"},
    {Meaning::Currency, "currency"},
    {Meaning::Currency, "currency code"},
    {Meaning::Currency, "amount currency"},
    {Meaning::Currency, "billing currency"},
});

/// Lower case, words parted by one blank; what stands in brackets is left out.
std::string plainName(std::string_view text)
{
    std::string name;
    bool bracket = false;
    for (const char c : text) {
        bracket = c == '(' || (bracket && c != ')');
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (bracket || c == ')')
            continue;
        if (letter)
            name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        else if (!name.empty() && name.back() != ' ')
            name += ' ';
    }
    while (name.ends_with(' '))
        name.pop_back();
    return name;
}

Meaning meaningOf(std::string_view header)
{
    const std::string name = plainName(header);
    const auto found = std::find_if(known.begin(), known.end(), [&](const Known& one) { return one.name == name; });
    return found == known.end() ? Meaning::None : found->meaning;
}

/// The values of the next record; RFC 4180.
std::vector<std::string> takeRecord(std::string_view& rest, char separator, std::size_t& line)
{
    std::vector<std::string> values(1);
    bool quoted = false;
    std::size_t at = 0;
    for (; at < rest.size(); ++at) {
        const char c = rest[at];
        if (quoted) {
            if (c == '"' && at + 1 < rest.size() && rest[at + 1] == '"')
                values.back() += rest[at++];
            else if (c == '"')
                quoted = false;
            else
                values.back() += c;
            line += c == '\n' ? 1 : 0;
        } else if (c == '"') {
            quoted = true;
        } else if (c == separator) {
            values.emplace_back();
        } else if (c == '\n') {
            ++at;
            ++line;
            break;
        } else if (c != '\r') {
            values.back() += c;
        }
    }
    rest.remove_prefix(std::min(at, rest.size()));
    return values;
}

char separatorOf(std::string_view text)
{
    const std::string_view head = text.substr(0, text.find('\n'));
    char best = ',';
    std::ptrdiff_t most = 0;
    for (const char candidate : {',', ';', '\t'}) {
        const auto count = std::count(head.begin(), head.end(), candidate);
        if (count > most) {
            most = count;
            best = candidate;
        }
    }
    return best;
}

/// "1,204", "$ 1.50", "1.2e3"; nothing for anything else.
std::optional<double> numberIn(std::string_view text)
{
    std::string digits;
    for (const char c : text) {
        const bool digit = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
        if (digit)
            digits += c;
        else if (c != ',' && c != ' ' && c != '$' && c != '_' && static_cast<unsigned char>(c) < 0x80)
            return std::nullopt;
    }
    double value = 0;
    const char* const first = digits.data() + (digits.starts_with('+') ? 1 : 0);
    const auto [end, error] = std::from_chars(first, digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::int64_t tokensIn(std::string_view text)
{
    const auto value = numberIn(text);
    return !value || *value < 0 || *value > 9e15 ? noTokens : static_cast<std::int64_t>(std::llround(*value));
}

Nanos dayIn(std::string_view text)
{
    constexpr Nanos day = 86'400 * second;
    const auto floored = [](Nanos time) { return time - ((time % day) + day) % day; };
    if (const auto iso = parseIsoTime(text))
        return floored(iso->time);
    if (text.size() == 10) {
        if (const auto date = parseIsoTime(std::string(text) + "T00:00:00Z"))
            return floored(date->time);
    }
    const auto number = numberIn(text);
    constexpr double firstSecond = 1e9; // 2001: smaller numbers are no seconds since the epoch
    if (number && *number >= firstSecond && *number < 9e9)
        return floored(static_cast<Nanos>(*number) * second);
    if (number && *number >= firstSecond * 1'000 && *number < 9e12)
        return floored(static_cast<Nanos>(*number) * millisecond);
    return noTime;
}

/// Of a line that bills one class: "output_tokens", "cached input".
std::optional<UsageClass> classNamed(std::string_view text)
{
    const std::string plain = plainName(text);
    const auto has = [&](std::string_view word) { return plain.find(word) != std::string::npos; };
    if (has("cache") && (has("write") || has("creation")))
        return has("1h") || has("long") ? UsageClass::CacheWriteLong : UsageClass::CacheWrite;
    if (has("cache") && !has("no cache") && !has("uncached"))
        return UsageClass::CacheRead;
    if (has("reasoning") || has("thinking"))
        return UsageClass::Reasoning;
    if (has("output") || has("completion") || has("generated"))
        return UsageClass::Output;
    if (has("input") || has("prompt") || has("context"))
        return UsageClass::Input;
    return std::nullopt;
}

struct Columns {
    std::vector<Meaning> meanings;

    bool has(Meaning meaning) const { return std::find(meanings.begin(), meanings.end(), meaning) != meanings.end(); }
};

void readValue(Meaning meaning, const std::string& value, InvoiceLine& line, std::int64_t& quantity,
               std::optional<UsageClass>& lineClass)
{
    const auto tokens = [&](UsageClass c) { line.usage[c] = tokensIn(value); };
    switch (meaning) {
    case Meaning::None:
        break;
    case Meaning::Day:
        line.day = line.day == noTime ? dayIn(value) : line.day;
        break;
    case Meaning::Model:
        line.model = line.model.empty() ? value : line.model;
        break;
    case Meaning::Response:
        line.response = line.response.empty() ? value : line.response;
        break;
    case Meaning::Input:
    case Meaning::UncachedInput:
        return tokens(UsageClass::Input);
    case Meaning::CacheRead:
        return tokens(UsageClass::CacheRead);
    case Meaning::CacheWrite:
        return tokens(UsageClass::CacheWrite);
    case Meaning::CacheWriteLong:
        return tokens(UsageClass::CacheWriteLong);
    case Meaning::Output:
        return tokens(UsageClass::Output);
    case Meaning::Reasoning:
        return tokens(UsageClass::Reasoning);
    case Meaning::Total:
        line.total = tokensIn(value);
        break;
    case Meaning::Class:
        lineClass = classNamed(value);
        break;
    case Meaning::Quantity:
        quantity = tokensIn(value);
        break;
    case Meaning::Requests:
        line.requests = tokensIn(value);
        break;
    case Meaning::Money:
        if (const auto money = numberIn(value); money && std::abs(*money) < 9e12 && !line.micros)
            line.micros = std::llround(*money * 1e6);
        break;
    case Meaning::Currency:
        for (const char c : value)
            line.currency += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        break;
    }
}

/// Exports that do not say "uncached" count cached tokens within the input, and reasoning within the output.
void makeDisjoint(const Columns& columns, InvoiceLine& line)
{
    Usage& usage = line.usage;
    const auto take = [&](UsageClass whole, UsageClass part) {
        if (usage[whole] != noTokens && usage[part] > 0 && usage[part] <= usage[whole])
            usage[whole] -= usage[part];
    };
    if (columns.has(Meaning::Input) && !columns.has(Meaning::UncachedInput) && !columns.has(Meaning::CacheWrite) &&
        !columns.has(Meaning::CacheWriteLong))
        take(UsageClass::Input, UsageClass::CacheRead);
    if (columns.has(Meaning::Output))
        take(UsageClass::Output, UsageClass::Reasoning);
}

bool isSum(const std::vector<std::string>& values)
{
    const auto first =
        std::find_if(values.begin(), values.end(), [](const std::string& text) { return !text.empty(); });
    if (first == values.end())
        return false;
    const std::string plain = plainName(*first);
    return plain == "total" || plain == "sum" || plain == "grand total" || plain == "totals";
}

} // namespace

Result<Invoice> readInvoice(std::string_view text)
{
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    if (text.find('\0') != std::string_view::npos)
        return Error{ErrorCode::Usage, "the invoice is no text; expected CSV with a header"};
    const char separator = separatorOf(text);
    std::size_t line = 1;
    Invoice invoice;
    Columns columns;
    for (const std::string& header : takeRecord(text, separator, line)) {
        columns.meanings.push_back(meaningOf(header));
        if (columns.meanings.back() == Meaning::None && !header.empty())
            invoice.unread.push_back(header);
    }
    constexpr auto amounts =
        std::to_array<Meaning>({Meaning::Input, Meaning::UncachedInput, Meaning::CacheRead, Meaning::Output,
                                Meaning::Total, Meaning::Quantity, Meaning::Money});
    if (std::none_of(amounts.begin(), amounts.end(), [&](Meaning one) { return columns.has(one); }))
        return Error{ErrorCode::Usage, "no column of the invoice gives tokens or money; expected names such as "
                                       "input_tokens, output_tokens, quantity or cost"};
    while (!text.empty()) {
        InvoiceLine one;
        one.line = line;
        const std::vector<std::string> values = takeRecord(text, separator, line);
        std::int64_t quantity = noTokens;
        std::optional<UsageClass> lineClass;
        for (std::size_t i = 0; i < values.size() && i < columns.meanings.size(); ++i)
            readValue(columns.meanings[i], values[i], one, quantity, lineClass);
        if (quantity != noTokens && lineClass)
            one.usage[*lineClass] = quantity;
        else if (quantity != noTokens && !one.usage.recorded() && one.total == noTokens)
            one.total = quantity;
        makeDisjoint(columns, one);
        if ((one.tokens() == noTokens && !one.micros) || isSum(values))
            ++invoice.refused;
        else
            invoice.lines.push_back(std::move(one));
    }
    return invoice;
}

} // namespace arcscope
