// layers: analysis
// Measures the detectors of streams on recordings and on streams that it invents (the same ones every time), prints the
// figures, and fails where one misses its goal.
#include "agentprose.h"
#include "contentloop.h"
#include "goals.h"
#include "randomnumbers.h"
#include "stalls.h"
#include "truncation.h"

#include <array>
#include <cmath>
#include <map>

using namespace arcscope;
using namespace arcscope::evaluation;
using bench::Random;

namespace
{

const std::string shared = ARCSCOPE_SHARED_DIR;

std::vector<std::string> words(const std::string& text)
{
    std::vector<std::string> found;
    for (std::size_t at = 0; (at = text.find_first_not_of(" \n", at)) != std::string::npos;) {
        const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
        found.push_back(text.substr(at, end - at));
        at = end;
    }
    return found;
}

// ---- JSON

void evaluateJson()
{
    std::map<char, std::size_t> all;
    std::map<char, std::size_t> accepted;
    std::size_t located = 0;
    std::size_t prefixes = 0;
    std::size_t refused = 0;
    std::size_t unclosed = 0;
    for (const JsonStory& record : recordsOf(shared + "/bench/json_parsing.dev.jsonl")) {
        JsonReading reading(record);
        const char label = textOf(reading, "label").front();
        const std::string text = contents(shared + "/bench/" + textOf(reading, "file"));
        JsonPrefix prefix;
        for (const char& byte : text) {
            const JsonState state = prefix.feed(std::string_view(&byte, 1));
            if (label != 'y')
                continue;
            ++prefixes;
            refused += state == JsonState::Invalid || state == JsonState::Trailing ? 1u : 0u;
            JsonPrefix closed = prefix;
            const auto closing = prefix.closing();
            if (closing)
                closed.feed(*closing);
            unclosed += !closing || closed.finish() != JsonState::Complete ? 1u : 0u;
        }
        const JsonState state = prefix.finish();
        ++all[label];
        accepted[label] += state == JsonState::Complete ? 1u : 0u;
        if (label == 'n')
            located += prefix.fault() ? 1u : 0u;
        if ((label == 'y') != (state == JsonState::Complete) && label != 'i')
            std::printf("  wrong: %s\n", textOf(reading, "file").c_str());
    }
    std::printf(
        "JSON suite: %zu must be accepted, %zu rejected (%zu of them located at a byte), %zu of %zu others accepted\n",
        all['y'], all['n'], located, accepted['i'], all['i']);
    goal("accepted of those to accept", share(accepted['y'], all['y']), ">=", 1);
    goal("rejected of those to reject", share(all['n'] - accepted['n'], all['n']), ">=", 1);
    std::printf("  %zu prefixes of accepted documents\n", prefixes);
    goal("prefixes called bad", static_cast<double>(refused), "<=", 0);
    goal("prefixes whose closing does not close them", static_cast<double>(unclosed), "<=", 0);
}

// ---- Loops

struct Prose {
    std::vector<std::string> chat;      ///< agents to customers
    std::vector<std::string> questions; ///< models to questions of a benchmark, with code, verses and tables
    std::vector<std::string> answers;   ///< models to single questions, some cut off at a limit of tokens
};

std::vector<ContentLoop> loopsInPieces(const std::string& text)
{
    LoopFinder finder;
    for (std::size_t at = 0; at < text.size(); at += 17)
        finder.feed(std::string_view(text).substr(at, 17));
    finder.finish();
    return finder.loops();
}

enum class LoopKind { Phrase, Sentence, Paragraph, Counter, Drift };
constexpr std::array loopNames = {"phrase", "sentence", "paragraph", "counter", "drifting"};

std::string joined(const std::vector<std::string>& all)
{
    std::string text;
    for (const std::string& word : all)
        text += ' ' + word;
    return text;
}

/// A text that begins well, and what it repeats, once for each time.
struct Invented {
    std::string text;
    std::vector<std::string> repeats;
};

Invented invent(LoopKind kind, const std::vector<std::string>& source, Random& random)
{
    constexpr std::uint32_t shortest[] = {3, 12, 60, 10, 14};
    constexpr std::uint32_t longest[] = {9, 30, 120, 20, 28};
    const auto index = static_cast<std::size_t>(kind);
    const auto size = static_cast<std::uint32_t>(source.size());
    const std::uint32_t begin = 30 + random.below(size - 30 - 60);
    const std::uint32_t most = std::min(longest[index], size - begin);
    const std::uint32_t count = shortest[index] + random.below(most - shortest[index] + 1);
    const std::vector<std::string> unit(source.begin() + begin, source.begin() + begin + count);
    Invented out{joined({source.begin(), source.begin() + begin}), {}};
    for (std::uint32_t i = 1; i <= 6; ++i) {
        std::vector<std::string> repeat = unit;
        if (kind == LoopKind::Counter) {
            repeat.insert(repeat.begin(), std::to_string(i) + '.');
            repeat.push_back(std::to_string(1 + random.below(999)));
        }
        for (std::uint32_t j = 0; kind == LoopKind::Drift && j < std::max(1u, count / 14); ++j)
            repeat[random.below(count)] = source[random.below(size)];
        out.repeats.push_back(joined(repeat));
    }
    return out;
}

/// Whether a loop of six repeats is found that the text itself leaves again.
bool foundWithin(const Invented& invented, const std::string& rest)
{
    return !findLoops(invented.text + joined(invented.repeats) + ' ' + rest).empty();
}

/// The number of repeats after which a text that ends there is told from others; 0: more than six.
std::size_t repeatsUntilFound(const Invented& invented)
{
    std::string text = invented.text;
    for (std::size_t i = 0; i < invented.repeats.size(); ++i) {
        text += invented.repeats[i];
        if (!findLoops(text).empty())
            return i + 1;
    }
    return 0;
}

void evaluateLoops(const Prose& prose)
{
    std::size_t messages = 0;
    std::size_t alarms = 0;
    std::vector<std::vector<std::string>> sources;
    for (const auto* group : {&prose.chat, &prose.questions, &prose.answers}) {
        for (const std::string& text : *group) {
            ++messages;
            const auto loops = loopsInPieces(text);
            alarms += loops.empty() ? 0u : 1u;
            for (const ContentLoop& loop : loops)
                std::printf("  in prose: %s, %lld tokens, %.1f times: %.60s\n", loop.exact ? "exact" : "drifting",
                            static_cast<long long>(loop.period), loop.repeats(), loop.unit.c_str());
            if (group == &prose.answers && loops.empty() && words(text).size() > 120)
                sources.push_back(words(text));
        }
    }
    std::printf("Loops: %zu messages of prose, %zu of them to begin invented loops with\n", messages, sources.size());
    goal("false alarms in 1,000 messages", 1000 * share(alarms, messages), "<=", 1);

    Random random(20260101);
    std::size_t found = 0;
    std::size_t confirmed = 0;
    std::size_t left = 0;
    constexpr std::size_t each = 300;
    for (std::size_t kind = 0; kind < loopNames.size(); ++kind) {
        std::vector<std::size_t> needed;
        for (std::size_t i = 0; i < each; ++i) {
            const auto& source = sources[random.below(static_cast<std::uint32_t>(sources.size()))];
            const Invented invented = invent(static_cast<LoopKind>(kind), source, random);
            const std::size_t repeats = repeatsUntilFound(invented);
            left += foundWithin(invented, joined(source)) ? 1u : 0u;
            if (repeats == 0)
                continue;
            needed.push_back(repeats);
            const auto loops = findLoops(invented.text + joined(invented.repeats));
            confirmed += !loops.empty() && loops.back().confirmed ? 1u : 0u;
        }
        std::ranges::sort(needed);
        std::printf("  %-10s %3zu of %zu found, after %zu repeats (median)\n", loopNames[kind], needed.size(), each,
                    needed.empty() ? 0 : needed[needed.size() / 2]);
        found += needed.size();
    }
    const std::size_t all = each * loopNames.size();
    std::printf("  %zu of %zu found where the text goes on behind them\n", left, each * loopNames.size());
    std::printf("  %zu of %zu confirmed after six repeats\n", confirmed, found);
    goal("found within six repeats", share(found, all), ">=", 0.95);
}

// ---- Stalls

/// Chunks of a connection that puts tokens together: most come at once or after one pause of the model.
std::vector<TimedMark> inventStream(Random& random, std::size_t stallAt, Nanos stall)
{
    const double token = 10e6 + random.fraction() * 40e6; // ns
    const auto chunks = 60 + random.below(400);
    const std::uint32_t together = 1 + random.below(4);
    std::vector<TimedMark> moments{{0, StreamMark::Open}};
    Nanos now = 300'000'000 + Nanos(random.below(2'000)) * 1'000'000;
    for (std::uint32_t i = 0; i < chunks; ++i) {
        const bool atOnce = i % together != 0;
        const double median = atOnce ? 1e6 : token * together;
        now += random.longTailed(median, 0.5, 4'000'000'000u) + (i > 0 && i == stallAt ? stall : 0);
        moments.push_back({now, StreamMark::Content});
    }
    now += random.longTailed(token, 0.5, 4'000'000'000u);
    moments.push_back({now, StreamMark::Close});
    return moments;
}

void evaluateStalls()
{
    Random random(7);
    std::size_t gaps = 0;
    std::size_t alarms = 0;
    for (int i = 0; i < 2'000; ++i) {
        const auto moments = inventStream(random, 0, 0);
        gaps += moments.size() - 2;
        alarms += findStalls(moments).size();
    }
    std::size_t stalled = 0;
    std::size_t found = 0;
    for (int i = 0; i < 2'000; ++i) {
        const std::size_t at = 5 + random.below(50);
        const Nanos stall = 1'000'000'000 + Nanos(random.below(9'000)) * 1'000'000;
        const auto stalls = findStalls(inventStream(random, at, stall));
        ++stalled;
        found += std::ranges::any_of(stalls, [&](const Stall& s) { return s.last == at + 1; }) ? 1u : 0u;
    }
    std::printf("Stalls: %zu gaps without, %zu streams with one of 1 to 10 s\n", gaps, stalled);
    goal("false alarms in 1,000 gaps", 1000 * share(alarms, gaps), "<=", 0.5);
    goal("found", share(found, stalled), ">=", 0.95);
}

// ---- Texts that are cut off

void evaluateTruncation(const char* what, const std::vector<std::string>& texts)
{
    Random random(11);
    std::size_t alarms = 0;
    std::size_t cuts = 0;
    std::size_t found = 0;
    std::map<CutSign, std::pair<std::size_t, std::size_t>> signs; ///< in texts that are cut off, and in whole ones
    for (const std::string& text : texts) {
        const auto whole = truncationCues(text);
        alarms += whole.empty() ? 0u : 1u;
        for (const TruncationCue& cue : whole)
            ++signs[cue.sign].second;
        if (!whole.empty())
            std::printf("  in a whole text: %s: …%s\n", std::string(name(whole.front().sign)).c_str(),
                        text.substr(text.size() - std::min<std::size_t>(text.size(), 70)).c_str());
        const auto size = static_cast<std::uint32_t>(text.size());
        const auto cues = truncationCues(std::string_view(text).substr(0, 10 + random.below(size - 10)));
        ++cuts;
        found += cues.empty() ? 0u : 1u;
        for (const TruncationCue& cue : cues)
            ++signs[cue.sign].first;
    }
    std::printf("Truncation, %s: %zu whole texts, each cut once at a random byte\n", what, cuts);
    for (const auto& [sign, count] : signs)
        std::printf("  %-22s %5zu cut  %3zu whole\n", std::string(name(sign)).c_str(), count.first, count.second);
    goal("precision", share(found, found + alarms), ">=", 0.97);
    goal("recall", share(found, cuts), ">=", 0.92);
}

Prose readProse()
{
    constexpr std::size_t fewestWords = 12;
    Prose prose;
    for (const char* path : {"/data/tau-bench/historical_trajectories/gpt-4o-airline.json",
                             "/data/agentrx/data/tau_retail/tau_dataset_full.json"}) {
        const auto texts = assistantTexts(shared + path, fewestWords);
        prose.chat.insert(prose.chat.end(), texts.begin(), texts.end());
    }
    prose.questions = benchmarkAnswers(shared + "/data/medusa/mt_bench/model_answer", fewestWords);
    for (const JsonStory& record : recordsOf(shared + "/bench/refusals.dev.jsonl")) {
        JsonReading reading(record);
        prose.answers.push_back(textOf(reading, "text"));
    }
    return prose;
}

} // namespace

int main()
{
    const Prose prose = readProse();
    evaluateJson();
    evaluateLoops(prose);
    evaluateStalls();
    evaluateTruncation("chat", prose.chat);
    evaluateTruncation("questions", prose.questions);
    const auto flagged =
        std::ranges::count_if(prose.answers, [](const std::string& text) { return !truncationCues(text).empty(); });
    std::printf("  of %zu answers that a limit of tokens may have ended %td have a sign\n", prose.answers.size(),
                flagged);
    return summary();
}
