#include "recognizer.h"

#include <algorithm>

namespace arcscope
{

void appendApart(std::vector<SensitiveRange> ranges, std::vector<SensitiveRange>& found)
{
    std::sort(ranges.begin(), ranges.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    for (const SensitiveRange& range : ranges) {
        if (found.empty() || range.from >= found.back().to)
            found.push_back(range);
    }
}

const Recognizer* recognizerOf(std::string_view kind)
{
    for (const Recognizer& one : recognizers()) {
        if (one.kind == kind)
            return &one;
    }
    return nullptr;
}

std::vector<const Recognizer*> standardRecognizers()
{
    std::vector<const Recognizer*> asked;
    for (const Recognizer& one : recognizers()) {
        if (one.standard)
            asked.push_back(&one);
    }
    return asked;
}

std::vector<SensitiveMatch> findSensitive(std::string_view text, std::span<const Recognizer* const> asked)
{
    std::vector<SensitiveMatch> matches;
    std::vector<SensitiveRange> found;
    const auto before = [](const SensitiveMatch& match, std::size_t from) { return match.range.to <= from; };
    for (const Recognizer* one : asked) {
        found.clear();
        one->find(text, found);
        for (const SensitiveRange& range : found) {
            const auto next = std::lower_bound(matches.begin(), matches.end(), range.from, before);
            if (next == matches.end() || next->range.from >= range.to)
                matches.insert(next, {range, one});
        }
    }
    return matches;
}

} // namespace arcscope
