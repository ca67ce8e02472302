// Probe: what can be said of an input from its first bytes, for telling formats apart.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

class Source;

/// A top-level JSON value as far as the head shows it. Paths are keys joined by '/', with '*' for the first element of
/// an array: "resourceSpans/*/scopeSpans", "*/ph" (a top-level array of events). Up to Probe::maxSteps steps are known.
class ProbeValue
{
public:
    struct Entry {
        std::string path;
        char first = 0;   ///< first byte of the value: { [ " t f n - or a digit; 0: not in the head any more
        std::string text; ///< content of a string or text of a number or literal, escapes as written, cut to 256 bytes
    };

    /// First byte of the value itself.
    char first() const { return m_entries.front().first; }
    bool isObject() const { return first() == '{'; }
    bool isArray() const { return first() == '['; }
    /// The head ends inside: what is not seen may still be there.
    bool cut() const { return m_cut; }
    bool has(std::string_view path) const { return find(path) != nullptr; }
    bool hasObject(std::string_view path) const { return firstAt(path) == '{'; }
    bool hasArray(std::string_view path) const { return firstAt(path) == '['; }
    bool hasString(std::string_view path) const { return firstAt(path) == '"'; }
    bool hasNumber(std::string_view path) const;
    /// The content of a string; "" where there is none.
    std::string_view text(std::string_view path) const;
    /// All that was seen, the value itself first with an empty path, then members as they come.
    std::span<const Entry> entries() const { return m_entries; }

private:
    friend class ProbeScan;
    const Entry* find(std::string_view path) const;
    char firstAt(std::string_view path) const;
    void index();
    std::size_t slotOf(std::string_view path) const;

    std::vector<Entry> m_entries;
    std::vector<std::uint16_t> m_slots; ///< entries by the hash of their paths: every format asks for a dozen
    bool m_cut = false;
};

enum class ProbeKind : std::uint8_t {
    Empty,       ///< no bytes, or white space only
    Utf16,       ///< text in a coding that no reader takes
    Json,        ///< one JSON value or several, perhaps with damage before
    EventStream, ///< text of server-sent events
    Text,        ///< other text
    Binary,      ///< control bytes that no text has
};

/// Cheap and total: any bytes can be probed.
class Probe
{
public:
    static constexpr std::size_t headBytes = 65'536;
    static constexpr std::size_t maxValues = 32; ///< top-level values looked at
    static constexpr std::size_t maxSteps = 5;

    /// `complete`: the head is the whole input. Looks at `look` bytes at the most.
    Probe(std::string_view head, bool complete, std::size_t look = headBytes);
    /// White space that a source begins with and that fills more than the head is looked through and passed over to
    /// this bound; what is behind it is not known (Empty, and not complete()).
    static constexpr std::uint64_t maxBlankBytes = std::uint64_t(1) << 30;

    /// Looks ahead only: but for such white space the source still gives everything.
    static Probe of(Source& source);

    ProbeKind kind() const { return m_kind; }
    std::string_view head() const { return m_head; }
    bool complete() const { return m_complete; }
    /// Top-level containers in the head; empty for all but Json.
    std::span<const ProbeValue> values() const { return m_values; }
    /// The first of them, or null.
    const ProbeValue* first() const { return m_values.empty() ? nullptr : m_values.data(); }
    /// Whether the first value has this path; whether any of the first values has it.
    bool has(std::string_view path) const { return first() && first()->has(path); }
    bool anyHas(std::string_view path) const;
    /// Whether any of the first values has this string there.
    bool anyText(std::string_view path, std::string_view text) const;
    /// More than one value, the first on one line.
    bool isLines() const { return m_lines; }

private:
    std::string m_head;
    bool m_complete;
    ProbeKind m_kind = ProbeKind::Empty;
    bool m_lines = false;
    std::vector<ProbeValue> m_values;
};

} // namespace arcscope
