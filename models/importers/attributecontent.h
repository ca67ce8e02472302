// AttributeContent: a span's attributes and events, of any dialect, made the SpanContent that is shown.
#pragma once

#include "content.h"
#include "dialect.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

class RecordRules;

/// Takes attributes and events in the order of the record; finish() makes messages of them.
class AttributeContent
{
public:
    AttributeContent() = default;
    /// For records that are no spans of OpenTelemetry: what their attributes say. Has to live as long.
    explicit AttributeContent(const RecordRules& rules)
        : m_rules(&rules)
    {
    }

    /// Attributes that the record does not have but that say something (a field beside the attributes).
    void attribute(std::string key, std::string value, AttributeType type);
    void event(SpanEvent event);
    SpanContent& content() { return m_content; }
    /// Once.
    SpanContent finish();

private:
    using Numbered = std::map<std::uint32_t, std::vector<const Attribute*>>;
    const std::string* best(Field field) const;
    std::uint8_t rank(Field field) const { return m_best[static_cast<std::size_t>(field)].rank; }
    void sort();
    void readInput();
    void readOutput();
    void readNumbered(const Numbered& numbered, std::size_t prefix, Role assumed, std::vector<Message>& messages);
    void readEvents();
    void readUsage();
    bool holdsMessages(const std::string& text) const;

    struct Best {
        const std::string* text = nullptr;
        std::uint8_t rank = 255;
    };
    const RecordRules* m_rules = nullptr;
    SpanContent m_content;
    std::vector<Best> m_best = std::vector<Best>(fieldCount);
    Numbered m_input;
    Numbered m_output;
    const AttributeRule* m_inputRule = nullptr;
    const AttributeRule* m_outputRule = nullptr;
    std::size_t m_inputPrefix = 0; ///< before the number in the keys of m_input
    std::size_t m_outputPrefix = 0;
    SpanKind m_kind = SpanKind::Other;
};

} // namespace arcscope
