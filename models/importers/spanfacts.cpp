#include "spanfacts.h"

#include "cancellation.h"
#include "contentform.h"
#include "jsontext.h"
#include "jsontokens.h"
#include "usagejson.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace arcscope
{
namespace
{

using Form = FactValue::Form;

constexpr double nanosPerSecond = 1e9;
constexpr double nanosPerMilli = 1e6;
constexpr double longestWait = 9e18; ///< nanoseconds that fit

/// The number at the front of an indexed key's tail, and what follows the dot behind it.
bool splitIndex(std::string_view tail, std::uint32_t& index, std::string_view& rest)
{
    const std::size_t dot = std::min(tail.find('.'), tail.size());
    const auto value = readInteger(tail.substr(0, dot));
    if (!value || *value < 0 || *value > 0xffffffff)
        return false;
    index = static_cast<std::uint32_t>(*value);
    rest = dot < tail.size() ? tail.substr(dot + 1) : std::string_view();
    return true;
}

template <typename T>
void addOnce(std::vector<T>& values, T value)
{
    if (values.empty() || (values.back() != value && std::find(values.begin(), values.end(), value) == values.end()))
        values.push_back(value);
}

constexpr bool isCount(Field field)
{
    return field >= Field::Input && field <= Field::AudioOutput;
}

} // namespace

void SpanFacts::clear()
{
    for (; m_set != 0; m_set &= m_set - 1)
        m_held[static_cast<std::size_t>(std::countr_zero(m_set))] = {};
    if (!m_kept.empty()) // a deque takes its time to find that it is
        m_kept.clear();
    m_bad.clear();
    m_exception = {};
    m_statusMessage = {};
    m_inputRank = none;
    m_outputRank = none;
    m_firstTokenAt = noTime;
    m_costParts = 0;
    m_inputIndices.clear();
    m_outputIndices.clear();
    m_callIndices.clear();
    m_eventMessages = 0;
    m_eventCalls = 0;
    m_outputEvents = 0;
    m_kind = SpanKind::Other;
    m_guess = SpanKind::Other;
    m_kindRank = none;
    m_guessRank = none;
    m_outer = false;
    m_costInParts = false;
}

void SpanFacts::take(const AttributeRule& rule, std::string_view key, const FactValue& value)
{
    if (value.form == Form::None || (value.text.empty() && value.form != Form::Json) || isPlaceholder(key, value.text))
        return;
    switch (rule.field) {
    case Field::Kind:
        takeKind(rule, value);
        return;
    case Field::Guess:
        if (rule.rank < m_guessRank) {
            m_guess = rule.guess;
            m_guessRank = rule.rank;
        }
        return;
    case Field::CostPart:
        if (const auto part = readNumber(value.text)) {
            m_costParts += *part;
            m_costInParts = true;
        }
        return;
    case Field::IndexedInput:
    case Field::IndexedOutput:
        takeIndexed(rule, key, value);
        return;
    default:
        break;
    }
    Held& place = held(rule.field);
    if (rule.rank >= place.rank)
        return;
    m_set |= bitOf(rule.field);
    place = {value, rule.rank};
}

void SpanFacts::takeKind(const AttributeRule& rule, const FactValue& value)
{
    std::string_view word = value.text;
    if (word.starts_with("\\\"") && word.ends_with("\\\"") && word.size() > 4) // MLflow writes JSON into the text
        word = word.substr(2, word.size() - 4);
    if (rule.rank >= m_kindRank)
        return;
    for (const KindWord& known : rule.words) {
        if (known.word != word)
            continue;
        m_kind = known.kind;
        m_outer = known.outer;
        m_kindRank = rule.rank;
        return;
    }
}

void SpanFacts::takeIndexed(const AttributeRule& rule, std::string_view key, const FactValue& value)
{
    std::uint32_t index = 0;
    std::string_view rest;
    if (!splitIndex(key.substr(rule.key.size()), index, rest))
        return;
    const bool input = rule.field == Field::IndexedInput;
    std::uint8_t& rank = input ? m_inputRank : m_outputRank;
    if (rule.rank > rank)
        return;
    if (rule.rank < rank) {
        (input ? m_inputIndices : m_outputIndices).clear();
        if (!input)
            m_callIndices.clear();
        rank = rule.rank;
    }
    addOnce(input ? m_inputIndices : m_outputIndices, index);
    if (input)
        return;
    constexpr std::string_view calls = "tool_calls.";
    if (const auto at = rest.find(calls); at <= 8) { // npos is more
        std::uint32_t call = 0;
        std::string_view ignored;
        if (splitIndex(rest.substr(at + calls.size()), call, ignored))
            addOnce(m_callIndices, std::uint64_t(index) << 32U | call);
    } else if (rest == "finish_reason") {
        constexpr AttributeRule stop{"", fieldOf(SpanText::StopReason), 60};
        take(stop, key, value);
    }
}

std::string_view SpanFacts::keep(std::string text)
{
    return m_kept.emplace_back(std::move(text));
}

void SpanFacts::firstTokenAt(Nanos time)
{
    if (m_firstTokenAt == noTime || time < m_firstTokenAt)
        m_firstTokenAt = time;
}

void SpanFacts::messageEvent(bool output, std::int64_t calls, const FactValue& stopReason)
{
    ++m_eventMessages;
    m_outputEvents += output ? 1 : 0;
    m_eventCalls += output ? calls : 0;
    constexpr AttributeRule stop{"", fieldOf(SpanText::StopReason), 70};
    take(stop, {}, stopReason);
}

std::string_view SpanFacts::plain(const FactValue& value)
{
    return value.form == Form::Escaped ? unescaped(value.text, m_scratch) : value.text;
}

void SpanFacts::bad(Field field, std::string_view text)
{
    constexpr std::size_t shown = 40;
    const bool count = isCount(field);
    m_bad.push_back(std::string(count ? "a token count" : "a number") +
                    " cannot be read: " + std::string(text.substr(0, shown)));
}

void SpanFacts::settleInto(SpanSink& sink, SpanRecord& span)
{
    settlePending(sink, span);
    settleTexts(sink, span);
    settleKind(span);
    settleContent(sink, span);
    settleStatus(sink, span);
    settleUsage(span);
    settleCost(sink, span);
    settleTime(span);
}

/// What announces a span is a record of its own below it.
void SpanFacts::settlePending(SpanSink& sink, SpanRecord& span)
{
    if (!has(Field::SpanType) || held(Field::SpanType).value.text != "pending_span")
        return;
    span.flags |= bit(SpanFlag::Pending);
    span.end = noTime;
    span.provenance.set(Fact::End, Provenance::NotRecorded);
    if (!span.parent)
        return;
    span.span = span.parent;
    span.parent = has(Field::PendingParent) ? toId(sink, plain(held(Field::PendingParent).value)) : Id{};
    span.provenance.set(Fact::Parent, span.parent ? Provenance::Measured : Provenance::NotRecorded);
}

void SpanFacts::settleStatus(SpanSink& sink, SpanRecord& span)
{
    const bool silent = m_statusMessage.text.empty() && m_exception.text.empty();
    if (silent && !has(fieldOf(SpanText::ErrorType)) && !has(fieldOf(SpanText::StopReason)))
        return;
    const bool failed = span.status == SpanStatus::Error;
    const auto text = [&](SpanText what) {
        const Held& given = held(fieldOf(what));
        return given.rank == none ? std::string() : std::string(plain(given.value));
    };
    const std::string error = text(SpanText::ErrorType);
    std::string stop = text(SpanText::StopReason);
    if (stop.starts_with('[') || stop.starts_with('"')) {
        std::string inner;
        stop = unescaped(firstString(stop), inner);
    }
    const Provenance said = cancellationIn(plain(m_statusMessage));
    // An exception in a span that goes on to answer was handled.
    const bool thrown = isCancellation(plain(m_exception)) && (failed || stop.empty());
    if (span.status == SpanStatus::Ok && !meansCancelled(stop))
        return;
    if (meansCancelled(stop) || meansCancelled(error) || said == Provenance::Declared)
        setCancelled(span, Provenance::Declared);
    else if (isCancellation(error) || said == Provenance::Inferred || thrown)
        setCancelled(span, Provenance::Inferred);
    else
        return;
    if (!span[SpanText::ErrorType])
        setText(sink, span, SpanText::ErrorType, plain(m_exception));
}

void SpanFacts::settleTexts(SpanSink& sink, SpanRecord& span)
{
    constexpr std::uint64_t texts = bitsOf(Field::FirstText, static_cast<Field>(spanTextCount - 1));
    for (std::uint64_t rest = m_set & texts; rest != 0; rest &= rest - 1) {
        const int i = std::countr_zero(rest);
        const Held& text = m_held[static_cast<std::size_t>(i)];
        if (span.texts[static_cast<std::size_t>(i)])
            continue;
        std::string_view value = plain(text.value);
        std::string inner;
        const bool isList =
            text.value.form == Form::Json || value.starts_with("[\"") || (value.size() > 2 && value.starts_with('"'));
        if (isList) {
            const std::string_view first = firstString(value);
            value = unescaped(first, inner);
        }
        setText(sink, span, static_cast<SpanText>(i), value);
    }
    if (!span[SpanText::ErrorType] && span.status == SpanStatus::Error)
        setText(sink, span, SpanText::ErrorType, plain(m_exception));
    if (span[SpanText::ModelServed])
        span.provenance.set(Fact::Model, Provenance::Measured);
    else if (span[SpanText::ModelRequested])
        span.provenance.set(Fact::Model, Provenance::Declared);
    if (has(Field::ResponseId))
        span.responseHash = hashOf(plain(held(Field::ResponseId).value));
}

void SpanFacts::settleKind(SpanRecord& span) const
{
    if (m_kindRank != none) {
        span.kind = m_kind;
        span.provenance.set(Fact::Kind, Provenance::Declared);
        return;
    }
    const bool counted = has(Field::Input) || has(Field::Output) || has(Field::UsageObject);
    const bool model = span[SpanText::ModelRequested] || span[SpanText::ModelServed];
    if (m_guessRank != none)
        span.kind = m_guess;
    else if (model || (counted && has(Field::InputMessages)))
        span.kind = SpanKind::ModelCall;
    else if (span[SpanText::Tool] || has(Field::Arguments))
        span.kind = SpanKind::ToolCall;
    else
        return;
    span.provenance.set(Fact::Kind, Provenance::Inferred);
}

std::int64_t SpanFacts::count(Field field)
{
    if (!has(field))
        return noTokens;
    const std::string_view text = held(field).value.text;
    const auto value = readInteger(text);
    if (!value || *value < 0) {
        bad(field, text);
        return noTokens;
    }
    return *value;
}

void SpanFacts::settleUsage(SpanRecord& span)
{
    if ((m_set & (bitsOf(Field::Input, Field::AudioOutput) | bitOf(Field::UsageObject))) == 0)
        return;
    SourceUsage source;
    RawUsage& raw = source.raw;
    for (std::size_t i = 0; i < rawUsageMembers.size(); ++i)
        raw.*rawUsageMembers[i] = count(static_cast<Field>(static_cast<std::size_t>(Field::Input) + i));
    if (has(Field::UsageObject)) {
        const Held& object = held(Field::UsageObject);
        const auto read = readUsage(plain(object.value));
        if (read && (raw.input == noTokens || object.rank < held(Field::Input).rank))
            source = *read;
    } else if (raw.total != noTokens && raw.input != noTokens) {
        // An emitter that copied a vendor's exclusive counts: its own total says so.
        const std::int64_t cached =
            saturatedSum(std::max<std::int64_t>(raw.cacheRead, 0), std::max<std::int64_t>(raw.cacheWrite, 0));
        const std::int64_t apart = saturatedSum(saturatedSum(raw.input, std::max<std::int64_t>(raw.output, 0)), cached);
        if (cached > 0 && raw.total == apart)
            source.dialect = UsageDialect::CacheSeparate;
    }
    const NormalisedUsage normal = normalise(raw, source.dialect);
    if (!normal.usage.recorded())
        return;
    span.usage = normal.usage;
    span.usageDialect = normal.dialect;
    const bool rollUp = m_outer || span.kind == SpanKind::Agent || span.kind == SpanKind::Workflow;
    span.provenance.set(Fact::Usage, rollUp ? Provenance::Declared : Provenance::Measured);
    if (normal.contradictory)
        m_bad.emplace_back("a part of the token usage is larger than the whole");
}

double SpanFacts::real(Field field, bool& found)
{
    found = false;
    if (!has(field))
        return 0;
    const std::string_view text = held(field).value.text;
    const auto value = readNumber(text);
    if (!value || !std::isfinite(*value) || *value < 0) {
        bad(field, text);
        return 0;
    }
    found = true;
    return *value;
}

void SpanFacts::settleCost(SpanSink& sink, SpanRecord& span)
{
    constexpr double micro = 1e6;
    bool found = false;
    double cost = real(Field::Cost, found);
    if (!found && has(Field::CostObject)) {
        JsonTokens tokens(plain(held(Field::CostObject).value));
        std::string_view key;
        for (JsonToken token = tokens.next(); token != JsonToken::End && token != JsonToken::Bad;
             token = tokens.next()) {
            if (token == JsonToken::Key)
                key = tokens.text();
            else if (token == JsonToken::String && key == "currency")
                setText(sink, span, SpanText::Currency, tokens.text());
            else if (token == JsonToken::Number && (key == "total" || key == "total_cost")) {
                const auto total = readNumber(tokens.text());
                found = total && *total >= 0;
                cost = total.value_or(0);
            }
        }
    }
    if (!found && m_costInParts) {
        cost = m_costParts;
        found = cost >= 0;
    }
    if (!found || cost * micro > longestWait)
        return;
    span.cost = std::llround(cost * micro);
    span.provenance.set(Fact::Cost, Provenance::Declared);
    if (!span[SpanText::Currency])
        span[SpanText::Currency] = sink.intern("USD"); // what conventions count in that name no currency
}

void SpanFacts::settleTime(SpanRecord& span)
{
    bool found = false;
    double nanos = real(Field::FirstTokenSeconds, found) * nanosPerSecond;
    if (!found)
        nanos = real(Field::FirstTokenMillis, found) * nanosPerMilli;
    if (found && nanos < longestWait) {
        span.firstToken = static_cast<Nanos>(std::llround(nanos));
        return;
    }
    Nanos at = m_firstTokenAt;
    if (has(Field::FirstTokenAt)) {
        std::string_view text = plain(held(Field::FirstTokenAt).value);
        if (text.size() > 2 && text.front() == '"' && text.back() == '"')
            text = text.substr(1, text.size() - 2);
        if (const auto time = parseIsoTime(text))
            at = time->time;
        else
            m_bad.push_back("the time of the first token cannot be read: " + std::string(text.substr(0, 40)));
    }
    if (at != noTime && span.start != noTime && at >= span.start)
        span.firstToken = at - span.start;
}

MessageCount SpanFacts::counted(Field field, SpanKind kind)
{
    const FactValue& value = held(field).value;
    const bool mayHave =
        kind == SpanKind::ModelCall || kind == SpanKind::Agent || kind == SpanKind::Workflow || kind == SpanKind::Other;
    MessageCount count = mayHave ? countMessages(value.text, value.form == Form::Escaped) : MessageCount();
    if (kind != SpanKind::ModelCall && !count.named)
        return {}; // inputs and outputs of something else
    return count;
}

MessageCount SpanFacts::settleInput(SpanKind kind)
{
    const Held& whole = held(Field::InputMessages);
    const MessageCount count = has(Field::InputMessages) ? counted(Field::InputMessages, kind) : MessageCount();
    switch (bestForm({m_inputRank, whole.rank, none, count.named})) {
    case ContentForm::Numbered:
        return {static_cast<std::int64_t>(m_inputIndices.size()), 0, 0, true, {}};
    case ContentForm::Whole:
        return count;
    default:
        return {};
    }
}

MessageCount SpanFacts::settleOutput(SpanKind kind, bool& known)
{
    const Held& whole = held(Field::OutputMessages);
    const Held& calls = held(Field::OutputCalls);
    const std::uint8_t pieces = std::min(held(Field::OutputText).rank, calls.rank);
    const MessageCount count = has(Field::OutputMessages) ? counted(Field::OutputMessages, kind) : MessageCount();
    known = true;
    switch (bestForm({m_outputRank, whole.rank, pieces, count.named})) {
    case ContentForm::Numbered:
        return {static_cast<std::int64_t>(m_outputIndices.size()),
                static_cast<std::int64_t>(m_callIndices.size()),
                0,
                true,
                {}};
    case ContentForm::Pieces: {
        MessageCount one;
        one.messages = 1;
        if (has(Field::OutputCalls))
            one.calls = countMessages(calls.value.text, calls.value.form == Form::Escaped).elements;
        return one;
    }
    case ContentForm::Whole:
        return count;
    default:
        known = m_outputEvents > 0;
        return {0, m_eventCalls, 0, false, {}};
    }
}

/// Counts what contentOf() would show.
void SpanFacts::settleContent(SpanSink& sink, SpanRecord& span)
{
    bool outputKnown = true;
    const MessageCount input = settleInput(span.kind);
    const MessageCount output = settleOutput(span.kind, outputKnown);
    if (!has(fieldOf(SpanText::StopReason)) && !output.stopReason.empty())
        setText(sink, span, SpanText::StopReason, plain({Form::Escaped, output.stopReason}));
    std::int64_t messages = input.messages + output.messages;
    if (messages == 0)
        messages = m_eventMessages;
    if (messages > 0 && has(Field::Instructions))
        ++messages;
    if (messages > 0) {
        span.messages = messages;
        if (outputKnown)
            span.callsAsked = output.calls;
    }
    if (span[SpanText::StopReason])
        span.provenance.set(Fact::Stop, Provenance::Measured);
}

} // namespace arcscope
