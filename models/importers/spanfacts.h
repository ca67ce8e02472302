// SpanFacts: what the attributes of one span say, gathered in one pass over them and then settled into its SpanRecord.
#pragma once

#include "dialect.h"
#include "messagecount.h"
#include "spanrecord.h"

#include <array>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// An attribute's value as its source has it; the text is not copied.
struct FactValue {
    enum class Form : std::uint8_t {
        None,
        Text,    ///< as it is
        Escaped, ///< content of a JSON string, escapes as written
        Number,  ///< digits
        Bool,
        Json, ///< an array or object
    };
    Form form = Form::None;
    std::string_view text;
};

/// Used for one span after the other. Texts given to take() have to live until settle() returns.
class SpanFacts
{
public:
    void clear();

    /// Every attribute of the span, in any order; what no dialect knows is passed over.
    void take(std::string_view key, const FactValue& value)
    {
        if (const AttributeRule* rule = ruleOf(key))
            take(*rule, key, value);
    }
    void take(const AttributeRule& rule, std::string_view key, const FactValue& value);
    /// Keeps a text until clear(), for values that have to be made.
    std::string_view keep(std::string text);
    /// When the first token came, by an event of the span.
    void firstTokenAt(Nanos time);
    /// Model calls have events for messages in place of attributes.
    void messageEvent(bool output, std::int64_t calls, const FactValue& stopReason);
    /// exception.type of an exception event.
    void exceptionType(const FactValue& type) { m_exception = type; }
    /// The text beside the status.
    void statusMessage(const FactValue& text) { m_statusMessage = text; }

    /// Fills the record: its start has to be set. `issue` is called for a value that is there and cannot be read.
    template <typename Report>
    void settle(SpanSink& sink, SpanRecord& span, Report report)
    {
        settleInto(sink, span);
        for (const auto& bad : m_bad)
            report(bad);
    }

private:
    struct Held {
        FactValue value;
        std::uint8_t rank = none;
    };
    static constexpr std::uint8_t none = 255;
    static_assert(fieldCount <= 64);
    static constexpr std::uint64_t bitOf(Field field) { return std::uint64_t{1} << static_cast<unsigned>(field); }
    /// The fields from `first` to `last`.
    static constexpr std::uint64_t bitsOf(Field first, Field last) { return bitOf(last) * 2 - bitOf(first); }

    void settleInto(SpanSink& sink, SpanRecord& span);
    void settleTexts(SpanSink& sink, SpanRecord& span);
    void settlePending(SpanSink& sink, SpanRecord& span);
    void settleStatus(SpanSink& sink, SpanRecord& span);
    void settleKind(SpanRecord& span) const;
    void settleUsage(SpanRecord& span);
    void settleCost(SpanSink& sink, SpanRecord& span);
    void settleTime(SpanRecord& span);
    void settleContent(SpanSink& sink, SpanRecord& span);
    MessageCount settleInput(SpanKind kind);
    MessageCount settleOutput(SpanKind kind, bool& known);
    MessageCount counted(Field field, SpanKind kind);
    std::int64_t count(Field field);
    double real(Field field, bool& found);
    std::string_view plain(const FactValue& value);
    void takeKind(const AttributeRule& rule, const FactValue& value);
    void takeIndexed(const AttributeRule& rule, std::string_view key, const FactValue& value);
    void bad(Field field, std::string_view text);
    Held& held(Field field) { return m_held[static_cast<std::size_t>(field)]; }
    bool has(Field field) const { return (m_set & bitOf(field)) != 0; }

    std::array<Held, fieldCount> m_held;
    std::uint64_t m_set = 0; ///< a bit for each field that is held
    std::deque<std::string> m_kept;
    std::vector<std::string> m_bad;
    std::string m_scratch;
    FactValue m_exception;
    FactValue m_statusMessage;
    Nanos m_firstTokenAt = noTime;
    double m_costParts = 0;
    std::uint8_t m_inputRank = none; ///< of the numbered messages
    std::uint8_t m_outputRank = none;
    std::vector<std::uint32_t> m_inputIndices;
    std::vector<std::uint32_t> m_outputIndices;
    std::vector<std::uint64_t> m_callIndices;
    std::int64_t m_eventMessages = 0;
    std::int64_t m_eventCalls = 0;
    std::int64_t m_outputEvents = 0;
    SpanKind m_kind = SpanKind::Other;
    SpanKind m_guess = SpanKind::Other;
    std::uint8_t m_kindRank = none;
    std::uint8_t m_guessRank = none;
    bool m_outer = false;
    bool m_costInParts = false;
};

} // namespace arcscope
