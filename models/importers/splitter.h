// JsonSplitter: cuts JSON of any size into records without parsing it: JSON Lines, pretty-printed values one after
// another, and giant documents alike, in memory that follows the record and not the file.
#pragma once

#include "issue.h"
#include "splitpaths.h"
#include "valuescan.h"
#include "windows.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

enum class SplitKind : std::uint8_t {
    Value,  ///< a complete value, not walked into: a record, or a member beside the path
    Enter,  ///< a container on the path begins; its members follow
    Leave,  ///< it ends (also where its end is missing)
    Defect, ///< bytes that are no complete value were passed over; issueOf() says it for the ledger
};

enum class SplitDefect : std::uint8_t {
    None,
    Oversized, ///< a value longer than the limit; reading goes on behind it
    Broken,    ///< a value that another one interrupts at the start of a line; reading goes on with that one
    Garbage,   ///< text that is no JSON; reading goes on at the next line that begins with { or [
    Stray,     ///< control bytes between values; reading goes on behind them as if they were white space
    Truncated, ///< the input ends inside a value or container
};

/// What JsonSplitter::next() found. Views are valid until the next call.
struct SplitEvent {
    SplitKind kind = SplitKind::Value;
    SplitDefect defect = SplitDefect::None;
    int target = -1;       ///< Value: the number of the path it matches, -1: none, it is beside a path
    std::size_t depth = 0; ///< containers entered around it; 0: a top-level value
    std::string_view
        key; ///< as written, without quotes (escapes stay); empty in arrays and at the top. Leave: as Enter
    std::string_view value;   ///< Value: the exact text, with windowPadding readable bytes behind it
    bool array = false;       ///< Enter, Leave: an array, not an object
    std::uint64_t offset = 0; ///< of the first byte in the unpacked input
    std::uint64_t size = 0;   ///< bytes of the value or of what was passed over
    std::uint64_t line = 1;   ///< 1-based, of the first byte
};

/// The ledger row for a Defect.
ImportIssue issueOf(const SplitEvent& defect);

/// Pulls events out of a window. With paths {} every top-level value is a record (target 0). With paths, containers
/// that lie on a path are entered and everything else in them is given whole:
///     JsonSplitter split(window, {"resourceSpans|resource_spans/*/scopeSpans|scope_spans/*/spans/*"});
///     while (true) {
///         const auto more = split.next(event);
///         if (!more) return more.error();   // unreadable, cancelled, or binary: nothing more can come
///         if (!*more) return {};            // the end
///         …
///     }
/// gives, for each top-level object that has them: Enter (depth 0, the object), Enter (1, key resourceSpans, array),
/// Enter (2, an object), Value (3, key resource, target -1), Enter (3, key scopeSpans), …, Value (6, target 0: a span).
/// Top-level values that are not on a path are given whole with target -1. Brackets are balanced in every slice,
/// nothing else is checked: a slice may still be refused by the parser.
class JsonSplitter
{
public:
    JsonSplitter(WindowReader& window, SplitPaths paths, std::size_t recordLimit = maxRecordBytes,
                 ScanKernel kernel = bestScanKernel());

    /// False at the end.
    Result<bool> next(SplitEvent& event);

private:
    /// What may come next in a container.
    enum class Expect : std::uint8_t { KeyOrEnd, Colon, Value, ValueOrEnd, CommaOrEnd };
    struct Frame {
        int node = 0;
        bool array = false;
        std::string key;
        std::uint64_t offset = 0;
        std::uint64_t line = 0;
    };

    // Each does one step and says whether it filled the event.
    bool step(SplitEvent& event);
    bool atTop(char byte, SplitEvent& event);
    bool inContainer(char byte, SplitEvent& event);
    bool beginValue(char first, SplitEvent& event);
    bool scanValue(SplitEvent& event);
    bool endValue(SplitEvent& event);
    bool leave(SplitEvent& event);
    bool unwind(SplitEvent& event);

    void readKey();
    bool interrupted(std::size_t at);
    void skipGarbage();
    void skipStray();
    bool resumes(char byte) const;
    bool atMark();
    void binary();
    void start(SplitDefect defect, std::uint64_t offset, std::uint64_t line);
    void fail(std::string_view what);
    void pass(std::size_t bytes, std::uint64_t newlines);
    void passCounting(std::size_t bytes);
    void skipMark();
    bool refill();
    std::string_view bytes() const { return m_window.bytes(); }

    WindowReader& m_window;
    const SplitPaths m_paths;
    const std::size_t m_limit;
    ValueScan m_scan;

    std::vector<Frame> m_frames; ///< the containers entered
    Expect m_expect = Expect::Value;
    std::string m_key;
    std::string m_opening; ///< how the present top-level value begins
    std::uint64_t m_line = 1;
    char m_before = '\n'; ///< the byte before bytes()
    bool m_started = false;
    bool m_ended = false;      ///< the window will not grow any more
    bool m_unreadable = false; ///< what bytes() holds is no text
    bool m_lines = false;      ///< the last top-level container stood on one line: each line is taken for a value
    bool m_anyValue = false;

    bool m_scanning = false; ///< a value begins at bytes(), or its dropped part ended there
    int m_node = SplitPaths::none;
    std::uint64_t m_valueOffset = 0;
    char m_droppedLast = 0; ///< last byte that is no white space of what was dropped of an oversized value
    bool m_dropping = false;

    std::size_t m_given = 0; ///< bytes at the front that the last event shows
    std::uint64_t m_givenNewlines = 0;
    SplitEvent m_defect; ///< to be told after the containers around it are left
    bool m_skipping = false;
    std::optional<Error> m_failure;
};

} // namespace arcscope
