#include "probe.h"

#include "jsonbytes.h"
#include "source.h"

#include <algorithm>
#include <bit>
#include <functional>

namespace arcscope
{
namespace
{

constexpr std::size_t textBytes = 256;
constexpr std::size_t keyBytes = 256;
constexpr std::size_t maxEntries = 1'024;
constexpr std::uint16_t noEntry = 0xFFFF;
static_assert(maxEntries < noEntry);

bool isBinary(std::string_view head)
{
    return std::any_of(head.begin(), head.end(), [](char byte) {
        const auto code = static_cast<unsigned char>(byte);
        return code < 0x08 || (code > 0x0D && code < 0x1B) || code == 0x1C || code == 0x1D || code == 0x1F;
    });
}

/// UTF-16 with its mark, or without one where it begins as JSON does.
bool isUtf16(std::string_view head)
{
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF"))
        return true;
    if (head.size() < 4 || (head[0] == '\0') == (head[1] == '\0'))
        return false;
    const std::size_t high = head[0] == '\0' ? 0 : 1;
    return head[high + 2] == '\0' && head[3 - high] != '\0' && isOpener(head[1 - high]);
}

/// Lines of server-sent events: a field name and a colon, and data or event among them.
bool isEventStream(std::string_view head)
{
    constexpr int linesToSee = 20;
    bool found = false;
    for (int seen = 0; !head.empty() && seen < linesToSee; ++seen) {
        const std::size_t newline = head.find('\n');
        const std::string_view line = head.substr(0, newline);
        head.remove_prefix(newline == std::string_view::npos ? head.size() : newline + 1);
        const bool carries = line.starts_with("data:") || line.starts_with("event:");
        const bool blank = line.find_first_not_of("\r \t") == std::string_view::npos;
        if (!carries && !blank && !line.starts_with("id:") && !line.starts_with("retry:") && !line.starts_with(':'))
            return found;
        found = found || carries;
    }
    return found;
}

} // namespace

/// Walks one value, noting paths; what is cut or wrong ends the walk.
class ProbeScan
{
public:
    ProbeScan(std::string_view text, std::size_t at)
        : m_text(text)
        , m_at(at)
    {
    }

    ProbeValue scan()
    {
        value(0);
        m_value.m_cut = m_failed;
        m_value.index();
        return std::move(m_value);
    }
    /// Behind the value, or where the walk ended.
    std::size_t end() const { return m_at; }

private:
    bool more() { return !m_failed && !(m_failed = m_at >= m_text.size()); }
    void skipSpace()
    {
        while (m_at < m_text.size() && isSpace(m_text[m_at]))
            ++m_at;
    }
    char next()
    {
        if (!m_failed)
            skipSpace();
        return more() ? m_text[m_at] : '\0';
    }

    /// The quote that ends a string on one line; npos where it has to be looked for byte by byte.
    std::size_t endOfString(std::size_t begin) const
    {
        std::size_t quote = m_text.find('"', begin);
        while (quote != std::string_view::npos) {
            std::size_t slashes = quote;
            while (slashes > begin && m_text[slashes - 1] == '\\')
                --slashes;
            if ((quote - slashes) % 2 == 0)
                break;
            quote = m_text.find('"', quote + 1);
        }
        const bool lines = m_text.substr(begin, quote - begin).find('\n') != std::string_view::npos;
        return lines ? std::string_view::npos : quote;
    }

    std::string_view string()
    {
        const std::size_t begin = ++m_at;
        if (const std::size_t quote = endOfString(begin); quote != std::string_view::npos) {
            m_at = quote + 1;
            return m_text.substr(begin, quote - begin);
        }
        while (more() && m_text[m_at] != '"') {
            if (m_text[m_at] == '\n')
                m_failed = true;
            else
                m_at += m_text[m_at] == '\\' ? 2 : 1;
        }
        const std::size_t size = std::min(m_at, m_text.size()) - begin;
        m_at = std::min(m_failed ? m_at : m_at + 1, m_text.size());
        return m_text.substr(begin, size);
    }

    /// The value at m_path.
    void value(std::size_t steps)
    {
        const char first = next();
        const bool noted =
            m_value.m_entries.size() < maxEntries && steps <= Probe::maxSteps && (m_path.empty() || !m_mute);
        const std::size_t entry = m_value.m_entries.size();
        if (noted)
            m_value.m_entries.push_back({m_path, first, {}});
        std::string_view text;
        if (first == '{' || first == '[') {
            container(steps, first == '[');
        } else if (first == '"') {
            text = string();
        } else {
            const std::size_t begin = m_at;
            while (m_at < m_text.size() && !isSpace(m_text[m_at]) &&
                   std::string_view(",:]}[{\"").find(m_text[m_at]) == std::string_view::npos)
                ++m_at;
            text = m_text.substr(begin, m_at - begin);
            m_failed = m_failed || text.empty();
        }
        if (noted)
            m_value.m_entries[entry].text = text.substr(0, textBytes);
    }

    void container(std::size_t steps, bool array)
    {
        if (steps >= Probe::maxSteps || m_mute) {
            pass();
            return;
        }
        ++m_at;
        const char close = array ? ']' : '}';
        const std::size_t pathBytes = m_path.size();
        for (bool firstElement = true; more(); firstElement = false) {
            if (next() == close) {
                ++m_at;
                return;
            }
            const bool muted = m_mute;
            if (!m_path.empty())
                m_path += '/';
            if (array) {
                m_path += '*';
                m_mute = m_mute || !firstElement;
            } else {
                if (next() != '"') {
                    m_failed = true;
                    return;
                }
                const std::string_view key = string();
                m_path += key;
                m_mute = m_mute || key.size() > keyBytes;
                if (next() != ':') {
                    m_failed = true;
                    return;
                }
                ++m_at;
            }
            value(steps + 1);
            m_path.resize(pathBytes);
            m_mute = muted;
            if (next() == ',')
                ++m_at;
            else if (!m_failed && m_text[m_at] != close)
                m_failed = true;
        }
    }

    /// Over a container without looking into it.
    void pass()
    {
        std::size_t depth = 0;
        while (more()) {
            const char byte = m_text[m_at];
            if (byte == '"') {
                string();
                continue;
            }
            ++m_at;
            if (byte == '{' || byte == '[')
                ++depth;
            else if ((byte == '}' || byte == ']') && --depth == 0)
                return;
        }
    }

    std::string_view m_text;
    std::size_t m_at;
    ProbeValue m_value;
    std::string m_path;
    bool m_failed = false;
    bool m_mute = false; ///< inside of what is not noted
};

void ProbeValue::index()
{
    m_slots.assign(std::bit_ceil(2 * m_entries.size()), noEntry);
    for (std::size_t entry = 0; entry < m_entries.size(); ++entry) {
        std::size_t slot = slotOf(m_entries[entry].path);
        while (m_slots[slot] != noEntry)
            slot = (slot + 1) % m_slots.size();
        m_slots[slot] = static_cast<std::uint16_t>(entry);
    }
}

std::size_t ProbeValue::slotOf(std::string_view path) const
{
    return std::hash<std::string_view>()(path) % m_slots.size();
}

/// Of several with one path the first.
const ProbeValue::Entry* ProbeValue::find(std::string_view path) const
{
    for (std::size_t slot = slotOf(path); m_slots[slot] != noEntry; slot = (slot + 1) % m_slots.size()) {
        if (const Entry& entry = m_entries[m_slots[slot]]; entry.path == path)
            return &entry;
    }
    return nullptr;
}

char ProbeValue::firstAt(std::string_view path) const
{
    const Entry* const entry = find(path);
    return entry ? entry->first : '\0';
}

bool ProbeValue::hasNumber(std::string_view path) const
{
    const char first = firstAt(path);
    return first == '-' || (first >= '0' && first <= '9');
}

std::string_view ProbeValue::text(std::string_view path) const
{
    const Entry* const entry = find(path);
    return entry && entry->first == '"' ? std::string_view(entry->text) : std::string_view();
}

Probe::Probe(std::string_view head, bool complete, std::size_t look)
    : m_head(head.substr(0, look))
    , m_complete(complete && head.size() <= look)
{
    std::string_view text = m_head;
    if (isUtf16(text)) {
        m_kind = ProbeKind::Utf16;
        return;
    }
    std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    const auto skip = [&] {
        while (at < text.size() && (isSpace(text[at]) || text[at] == '\x1e' || text[at] == ','))
            ++at;
    };
    skip();
    if (at == text.size())
        return;
    const bool isJson = text[at] == '{' || text[at] == '['; // damage inside costs a record, not the file
    if (!isJson && isBinary(text)) {
        m_kind = ProbeKind::Binary;
        return;
    }
    m_kind = isEventStream(text.substr(at)) ? ProbeKind::EventStream : ProbeKind::Text;
    while (m_kind != ProbeKind::EventStream && at < text.size() && m_values.size() < maxValues) {
        if (text[at] == '{' || text[at] == '[') {
            const std::size_t begin = at;
            ProbeScan scan(text, at);
            m_values.push_back(scan.scan());
            at = scan.end();
            const bool oneLine = text.substr(begin, at - begin).find('\n') == std::string_view::npos;
            m_lines = m_values.size() == 1 ? oneLine : m_lines;
            if (!m_values.back().cut()) {
                skip();
                continue;
            }
        }
        const std::size_t newline = text.find('\n', at);
        at = newline == std::string_view::npos ? text.size() : newline + 1;
    }
    m_lines = m_lines && m_values.size() > 1;
    if (!m_values.empty())
        m_kind = ProbeKind::Json;
}

Probe Probe::of(Source& source)
{
    std::string_view head = source.peek(headBytes + 1);
    if (head.size() > headBytes && std::all_of(head.begin(), head.end(), isSpace)) {
        source.skipBlank(maxBlankBytes);
        head = source.peek(headBytes + 1);
    }
    return {head, head.size() <= headBytes};
}

bool Probe::anyHas(std::string_view path) const
{
    return std::any_of(m_values.begin(), m_values.end(), [path](const ProbeValue& value) { return value.has(path); });
}

bool Probe::anyText(std::string_view path, std::string_view text) const
{
    return std::any_of(m_values.begin(), m_values.end(), [path, text](const ProbeValue& value) {
        return value.hasString(path) && value.text(path) == text;
    });
}

} // namespace arcscope
