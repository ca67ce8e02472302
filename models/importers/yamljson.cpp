#include "yamljson.h"

#include <yaml.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace arcscope
{
namespace
{

std::string_view viewOf(const yaml_char_t* text)
{
    return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view();
}

void quote(std::string_view text, std::string& out)
{
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += "\\u00";
            out += hex[static_cast<unsigned char>(c) >> 4];
            out += hex[static_cast<unsigned char>(c) & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

/// Takes digits off the front; false where there are none.
bool digits(std::string_view& text)
{
    const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(end);
    return end > 0;
}

bool isNumber(std::string_view text)
{
    if (text.starts_with('-'))
        text.remove_prefix(1);
    if (text.starts_with('0') && text.size() > 1 && text[1] >= '0' && text[1] <= '9')
        return false;
    if (!digits(text))
        return false;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        if (!digits(text))
            return false;
    }
    if (text.starts_with('e') || text.starts_with('E')) {
        text.remove_prefix(1);
        if (text.starts_with('-') || text.starts_with('+'))
            text.remove_prefix(1);
        return digits(text) && text.empty();
    }
    return text.empty();
}

/// Writes the events of one document as JSON.
class Writer
{
public:
    Writer(std::string_view text, std::size_t limit)
        : m_limit(limit)
    {
        if (yaml_parser_initialize(&m_parser) == 0) {
            m_result.error = "no memory";
            return;
        }
        m_ready = true;
        yaml_parser_set_encoding(&m_parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&m_parser, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    }
    ~Writer()
    {
        if (m_ready)
            yaml_parser_delete(&m_parser);
    }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    YamlJson write()
    {
        bool going = m_ready;
        while (going) {
            yaml_event_t event;
            if (yaml_parser_parse(&m_parser, &event) == 0) {
                fail(m_parser.problem ? m_parser.problem : "no YAML", m_parser.problem_mark.line);
                break;
            }
            going = take(event) && m_result.error.empty();
            yaml_event_delete(&event);
        }
        if (m_result.error.empty() && m_result.json.empty())
            fail("nothing in it", 0);
        return std::move(m_result);
    }

private:
    struct Frame {
        bool mapping = false;
        bool value = false; ///< of a mapping: a key was written, its value comes next
        bool first = true;
        std::string anchor;
        std::size_t begin = 0;
    };

    void fail(std::string why, std::size_t line)
    {
        if (!m_result.error.empty())
            return;
        m_result.error = std::move(why);
        m_result.line = static_cast<std::int64_t>(line);
    }

    /// False at the end of the document.
    bool take(const yaml_event_t& event)
    {
        const std::size_t line = event.start_mark.line;
        switch (event.type) {
        case YAML_SCALAR_EVENT:
            scalar(event.data.scalar, line);
            break;
        case YAML_ALIAS_EVENT:
            alias(viewOf(event.data.alias.anchor), line);
            break;
        case YAML_SEQUENCE_START_EVENT:
            open(false, viewOf(event.data.sequence_start.anchor), line);
            break;
        case YAML_MAPPING_START_EVENT:
            open(true, viewOf(event.data.mapping_start.anchor), line);
            break;
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT:
            close();
            break;
        case YAML_DOCUMENT_END_EVENT:
        case YAML_STREAM_END_EVENT:
            return false;
        default:
            break;
        }
        if (m_result.json.size() > m_limit)
            fail("its aliases stand for more than the limit of a record", line);
        return true;
    }

    bool keyNext() const { return !m_frames.empty() && m_frames.back().mapping && !m_frames.back().value; }

    /// What stands before a key, or before a value that is no member's.
    void separate()
    {
        if (m_frames.empty())
            return;
        Frame& frame = m_frames.back();
        if (frame.mapping && frame.value)
            return;
        if (!std::exchange(frame.first, false))
            m_result.json += ',';
    }

    void written()
    {
        if (!m_frames.empty() && m_frames.back().mapping)
            m_frames.back().value = false;
    }

    void scalar(const decltype(yaml_event_t{}.data.scalar) & scalar, std::size_t line)
    {
        const std::string_view text(reinterpret_cast<const char*>(scalar.value), scalar.length);
        separate();
        if (keyNext()) {
            quote(text, m_result.json);
            m_result.json += ':';
            m_frames.back().value = true;
            return;
        }
        const std::size_t begin = m_result.json.size();
        const std::string_view tag = viewOf(scalar.tag);
        if (tag.ends_with("binary")) {
            m_result.json += "{\"base64\":";
            quote(text, m_result.json);
            m_result.json += '}';
        } else if (scalar.style == YAML_PLAIN_SCALAR_STYLE && tag.empty()) {
            plain(text);
        } else {
            quote(text, m_result.json);
        }
        remember(viewOf(scalar.anchor), begin, line);
        written();
    }

    void plain(std::string_view text)
    {
        if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL")
            m_result.json += "null";
        else if (text == "true" || text == "True" || text == "TRUE")
            m_result.json += "true";
        else if (text == "false" || text == "False" || text == "FALSE")
            m_result.json += "false";
        else if (isNumber(text))
            m_result.json += text;
        else
            quote(text, m_result.json);
    }

    void alias(std::string_view anchor, std::size_t line)
    {
        const auto found = m_anchors.find(std::string(anchor));
        if (keyNext() || found == m_anchors.end()) {
            fail(keyNext() ? "a key that is no text" : "an alias of what is not in it", line);
            return;
        }
        separate();
        const auto [begin, size] = found->second;
        if (m_result.json.size() + size > m_limit)
            fail("its aliases stand for more than the limit of a record", line);
        else
            m_result.json += std::string(m_result.json, begin, size);
        written();
    }

    void remember(std::string_view anchor, std::size_t begin, std::size_t line)
    {
        if (anchor.empty())
            return;
        if (m_anchors.size() >= maxAnchors)
            fail("too many anchors", line);
        m_anchors[std::string(anchor)] = {begin, m_result.json.size() - begin};
    }

    void open(bool mapping, std::string_view anchor, std::size_t line)
    {
        if (keyNext() || m_frames.size() >= maxYamlDepth) {
            fail(keyNext() ? "a key that is no text" : "nested too deep", line);
            return;
        }
        separate();
        m_frames.push_back({mapping, false, true, std::string(anchor), m_result.json.size()});
        m_result.json += mapping ? '{' : '[';
    }

    void close()
    {
        if (m_frames.empty())
            return;
        const Frame frame = std::move(m_frames.back());
        m_frames.pop_back();
        m_result.json += frame.mapping ? '}' : ']';
        remember(frame.anchor, frame.begin, 0);
        written();
    }

    static constexpr std::size_t maxAnchors = 100'000;

    yaml_parser_t m_parser{};
    bool m_ready = false;
    std::size_t m_limit;
    YamlJson m_result;
    std::vector<Frame> m_frames;
    std::map<std::string, std::pair<std::size_t, std::size_t>> m_anchors; ///< where each lies in the JSON, and its size
};

} // namespace

YamlJson yamlToJson(std::string_view text, std::size_t limit)
{
    return Writer(text, limit).write();
}

} // namespace arcscope
