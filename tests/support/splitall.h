// Splitting a text with every size of window, and what comes of it, for tests.
#pragma once

#include "splitter.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace arcscope::testing
{

/// An event with its texts copied, without what depends on nothing but them.
struct Seen {
    SplitKind kind;
    SplitDefect defect;
    int target;
    std::size_t depth;
    std::string key;
    std::string value;
    bool array;
    std::uint64_t offset;
    std::uint64_t size;
    std::uint64_t line;

    bool operator==(const Seen&) const = default;
};

/// Gives a text in pieces of at most `piece` bytes.
class Pieces final : public ByteStream
{
public:
    Pieces(std::string_view text, std::size_t piece)
        : m_text(text)
        , m_piece(piece)
    {
    }
    Result<std::size_t> read(std::span<char> into) override
    {
        const std::size_t count = m_text.copy(into.data(), std::min(m_piece, into.size()));
        m_text.remove_prefix(count);
        return count;
    }
    std::uint64_t bytesOnDisk() const override { return 0; }

private:
    std::string_view m_text;
    std::size_t m_piece;
};

struct Options {
    std::size_t piece = std::size_t(1) << 20;
    std::size_t refill = std::size_t(1) << 20;
    std::size_t limit = maxRecordBytes;
    ScanKernel kernel = bestScanKernel();
};

struct Split {
    std::vector<Seen> events;
    std::string error;

    std::vector<std::string> values() const
    {
        std::vector<std::string> texts;
        for (const Seen& seen : events) {
            if (seen.kind == SplitKind::Value)
                texts.push_back(seen.value);
        }
        return texts;
    }
    std::vector<SplitDefect> defects() const
    {
        std::vector<SplitDefect> found;
        for (const Seen& seen : events) {
            if (seen.kind == SplitKind::Defect)
                found.push_back(seen.defect);
        }
        return found;
    }
    bool operator==(const Split&) const = default;
};

inline Split splitAll(std::string_view text, const SplitPaths& paths = {}, const Options& options = {})
{
    Source source(std::make_unique<Pieces>(text, options.piece));
    WindowReader window(source, {}, options.refill);
    JsonSplitter splitter(window, paths, options.limit, options.kernel);
    Split all;
    SplitEvent event;
    while (true) {
        const auto more = splitter.next(event);
        if (!more)
            all.error = more.error().message;
        if (!more || !*more)
            return all;
        all.events.push_back({event.kind, event.defect, event.target, event.depth, std::string(event.key),
                              std::string(event.value), event.array, event.offset, event.size, event.line});
    }
}

const SplitPaths otlp{"resourceSpans|resource_spans/*/scopeSpans|scope_spans|instrumentationLibrarySpans/*/spans/*"};

/// Kind, depth, key and value of each event on a line of its own.
inline std::string sketch(const Split& split)
{
    std::string text;
    for (const Seen& seen : split.events) {
        text += std::string(1, "VELD"[static_cast<int>(seen.kind)]) + std::to_string(seen.depth);
        if (seen.kind == SplitKind::Enter || seen.kind == SplitKind::Leave)
            text += seen.array ? "[]" : "{}";
        if (seen.kind == SplitKind::Value)
            text += seen.target < 0 ? "-" : std::to_string(seen.target);
        if (!seen.key.empty())
            text += ' ' + seen.key;
        if (!seen.value.empty())
            text += ' ' + seen.value;
        text += '\n';
    }
    return text;
}

class Writer
{
public:
    explicit Writer(unsigned seed)
        : m_random(seed)
    {
    }
    int below(int limit) { return static_cast<int>(m_random() % static_cast<unsigned>(limit)); }

    std::string space()
    {
        static const std::vector<std::string> spaces{"", "", "", " ", "\n ", "\r\n\t", "\t", "  \n  "};
        return spaces[static_cast<std::size_t>(below(static_cast<int>(spaces.size())))];
    }
    std::string string()
    {
        static const std::vector<std::string> parts{"a",    "\\\"", "\\\\", "{",       "}",        "[",
                                                    "]",    ",",    ":",    "\\n",     "é",        " ",
                                                    "word", "\\",   "/",    "\\u0041", "\\\\\\\\", "\\\\\\\""};
        std::string text = "\"";
        for (int i = below(below(10) == 0 ? 200 : 8); i > 0; --i) {
            const std::string& part = parts[static_cast<std::size_t>(below(static_cast<int>(parts.size())))];
            text += part == "\\" ? "\\/" : part;
        }
        return text + '"';
    }
    std::string value(int depth)
    {
        const int kind = below(depth > 0 ? 8 : 5);
        if (kind < 2)
            return string();
        if (kind < 5) {
            static const std::vector<std::string> words{"0", "-1.5e3", "true", "false", "null", "12345678901234567890"};
            return words[static_cast<std::size_t>(below(static_cast<int>(words.size())))];
        }
        return container(kind == 5, depth, below(5));
    }
    std::string container(bool array, int depth, int members)
    {
        std::string text = array ? "[" : "{";
        text += space();
        for (int i = 0; i < members; ++i) {
            if (i > 0)
                text += ',' + space();
            if (!array)
                text += "\"k" + std::to_string(below(4)) + '"' + space() + ':' + space();
            text += value(depth - 1) + space();
        }
        return text + (array ? "]" : "}");
    }

private:
    std::mt19937 m_random;
};

inline std::vector<ScanKernel> kernels()
{
    std::vector<ScanKernel> all{&scanPortable};
    for (const ScanKernel kernel : {sse2ScanKernel(), avx2ScanKernel()}) {
        if (kernel)
            all.push_back(kernel);
    }
    return all;
}

} // namespace arcscope::testing
