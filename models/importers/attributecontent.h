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

/// Takes attributes and events in the order of the record; finish() makes messages of them.
class AttributeContent
{
public:
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
    SpanContent m_content;
    std::vector<Best> m_best = std::vector<Best>(fieldCount);
    Numbered m_input;
    Numbered m_output;
    const AttributeRule* m_inputRule = nullptr;
    const AttributeRule* m_outputRule = nullptr;
    SpanKind m_kind = SpanKind::Other;
};

} // namespace arcscope
