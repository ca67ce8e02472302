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
        else
            found.back().to = std::max(found.back().to, range.to);
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
    std::vector<SensitiveMatch> all;
    std::vector<SensitiveRange> found;
    for (const Recognizer* one : asked) {
        found.clear();
        one->find(text, found);
        for (const SensitiveRange& range : found)
            all.push_back({range, one});
    }
    // Stable: of equal ranges the one that is asked first comes first, and names the match.
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.range.from < b.range.from; });
    std::vector<SensitiveMatch> matches;
    std::size_t longest = 0; // of those that the last match is made of
    for (const SensitiveMatch& match : all) {
        const std::size_t length = match.range.to - match.range.from;
        if (matches.empty() || match.range.from >= matches.back().range.to) {
            matches.push_back(match);
            longest = length;
            continue;
        }
        SensitiveMatch& last = matches.back();
        last.range.to = std::max(last.range.to, match.range.to);
        if (length > longest) {
            last.by = match.by;
            longest = length;
        }
    }
    return matches;
}

} // namespace arcscope
