// layers: analysis
// SHARED: measures what is recognised as personal on labelled sentences and prints precision and recall of each kind;
// fails where a goal is missed. A match is right where it overlaps a label of its kind; "exact" is the share of those
// whose bytes are the label's. With "--show KIND" it prints what was missed and what was wrong.
#include "agentprose.h"
#include "goals.h"
#include "recognizer.h"

#include <chrono>
#include <map>

using namespace arcscope;
using namespace arcscope::evaluation;

namespace
{

struct Label {
    std::string type;
    SensitiveRange range;
};

struct Sentence {
    std::string text;
    std::string source;
    std::vector<Label> labels;
};

struct KindOfLabel {
    std::string_view type;
    std::string_view kind;
    double precision; ///< goals; 0: none
    double recall;
};

constexpr KindOfLabel kinds[] = {{"EMAIL_ADDRESS", "email", 0.98, 0.95}, {"IBAN_CODE", "iban", 0.98, 0.95},
                                 {"CREDIT_CARD", "card", 0.98, 0.95},    {"US_SSN", "ssn", 0.98, 0.95},
                                 {"IP_ADDRESS", "ip", 0.98, 0.95},       {"DOMAIN_NAME", "web", 0.98, 0.95},
                                 {"PHONE_NUMBER", "phone", 0.8, 0},      {"US_DRIVER_LICENSE", "licence", 0, 0}};

/// The byte at which a character begins.
std::size_t byteOf(const std::string& text, std::size_t character)
{
    std::size_t at = 0;
    for (std::size_t passed = 0; at < text.size(); ++at) {
        if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80 && passed++ == character)
            break;
    }
    return at;
}

std::vector<Sentence> readSentences(const std::string& path)
{
    std::vector<Sentence> sentences;
    for (const JsonStory& record : recordsOf(path)) {
        JsonReading reading(record);
        Sentence& sentence = sentences.emplace_back();
        sentence.text = textOf(reading, "text");
        sentence.source = textOf(reading, "source");
        const JsonIndex spans = reading.member(0, "spans");
        for (JsonIndex i = record.firstChild(spans); i >= 0; i = record.nextSibling(i)) {
            const auto number = [&](std::string_view key) {
                return static_cast<std::size_t>(reading.number(reading.member(i, key)).value_or(0));
            };
            sentence.labels.push_back({textOf(reading, "type", i),
                                       {byteOf(sentence.text, number("start")), byteOf(sentence.text, number("end"))}});
        }
    }
    return sentences;
}

struct Count {
    std::size_t right = 0, exact = 0, fired = 0, there = 0;
};

bool overlaps(const SensitiveRange& a, const SensitiveRange& b)
{
    return a.from < b.to && b.from < a.to;
}

} // namespace

int main(int argc, char** argv)
{
    const std::string path = std::string(ARCSCOPE_SHARED_DIR) + "/bench/pii.dev.jsonl";
    const std::string shown = argc > 2 && std::string_view(argv[1]) == "--show" ? argv[2] : "";
    const std::vector<Sentence> sentences = readSentences(path);
    std::vector<const Recognizer*> asked;
    for (const Recognizer& one : recognizers())
        asked.push_back(&one);
    std::map<std::string_view, Count> counts;
    for (const Sentence& sentence : sentences) {
        const std::vector<SensitiveMatch> matches = findSensitive(sentence.text, asked);
        for (const KindOfLabel& kind : kinds) {
            Count& count = counts[kind.kind];
            for (const Label& label : sentence.labels) {
                if (label.type != kind.type)
                    continue;
                ++count.there;
                const bool met = std::any_of(matches.begin(), matches.end(), [&](const SensitiveMatch& match) {
                    return match.by->kind == kind.kind && overlaps(match.range, label.range);
                });
                if (!met && shown == kind.kind)
                    std::printf("missed: %s   in: %s\n",
                                sentence.text.substr(label.range.from, label.range.to - label.range.from).c_str(),
                                sentence.text.c_str());
            }
        }
        for (const SensitiveMatch& match : matches) {
            Count& count = counts[match.by->kind];
            ++count.fired;
            bool right = false;
            for (const Label& label : sentence.labels) {
                for (const KindOfLabel& kind : kinds) {
                    if (kind.kind != match.by->kind || kind.type != label.type || !overlaps(match.range, label.range))
                        continue;
                    right = true;
                    count.exact += match.range == label.range ? 1 : 0;
                }
            }
            count.right += right ? 1 : 0;
            if (!right && shown == match.by->kind)
                std::printf("wrong: %s   in: %s\n",
                            sentence.text.substr(match.range.from, match.range.to - match.range.from).c_str(),
                            sentence.text.c_str());
        }
    }
    std::printf("%zu sentences\n%-14s %6s %6s %6s %6s %10s %8s\n", sentences.size(), "kind", "there", "fired", "right",
                "exact", "precision", "recall");
    for (const Recognizer& one : recognizers()) {
        const Count& count = counts[one.kind];
        if (count.there + count.fired > 0)
            std::printf("%-14s %6zu %6zu %6zu %6zu %10.3f %8.3f\n", std::string(one.kind).c_str(), count.there,
                        count.fired, count.right, count.exact, share(count.right, count.fired),
                        share(count.right, count.there));
    }
    goal("sentences read", static_cast<double>(sentences.size()), ">=", 100);
    for (const KindOfLabel& kind : kinds) {
        const Count& count = counts[kind.kind];
        if (kind.precision > 0)
            goal((std::string(kind.kind) + ": precision").c_str(), share(count.right, count.fired),
                 ">=", kind.precision);
        if (kind.recall > 0)
            goal((std::string(kind.kind) + ": recall").c_str(), share(count.right, count.there), ">=", kind.recall);
    }
    std::string all;
    for (const Sentence& sentence : sentences)
        all += sentence.text + '\n';
    const std::string once = all;
    while (all.size() < (std::size_t{16} << 20))
        all += once;
    const auto begin = std::chrono::steady_clock::now();
    std::size_t found = 0;
    for (const Recognizer* one : asked) {
        std::vector<SensitiveRange> ranges;
        const auto before = std::chrono::steady_clock::now();
        one->find(all, ranges);
        found += ranges.size();
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
        if (shown == "speed")
            std::printf("  %-14s %8.0f MB/s\n", std::string(one->kind).c_str(),
                        static_cast<double>(all.size()) / 1e6 / seconds);
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    std::printf("all recognizers over %zu MB of such text: %.0f MB/s, %zu matches\n", all.size() >> 20,
                static_cast<double>(all.size()) / 1e6 / seconds, found);
    return summary();
}
