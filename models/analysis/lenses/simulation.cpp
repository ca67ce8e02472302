// Simulated conversations against real ones: turns, giving up, asking again.
#include "chisquare.h"
#include "lensarcs.h"
#include "lensfields.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

constexpr auto byWords = std::to_array<std::string_view>(
    {"environment", "user", "trigger", "service", "tenant", "plan", "session", "task", "agent", "name"});
constexpr auto parameters = std::to_array<LensParameter>({
    {"by", "the value that tells simulated from real traffic", byWords},
    {"simulated",
     "what that value holds, in any case, where it is simulated; not given: words such as sim, synthetic, eval, test",
     {},
     0,
     0,
     0,
     {},
     true},
});

/// Turns and the like by count; the last class is open.
constexpr std::array<std::pair<std::int64_t, std::string_view>, 9> classes{{{0, "0"},
                                                                            {1, "1"},
                                                                            {2, "2"},
                                                                            {3, "3"},
                                                                            {4, "4"},
                                                                            {5, "5 to 6"},
                                                                            {7, "7 to 9"},
                                                                            {10, "10 to 19"},
                                                                            {20, "20 and more"}}};

std::size_t classOf(std::int64_t count)
{
    std::size_t at = 0;
    while (at + 1 < classes.size() && count >= classes[at + 1].first)
        ++at;
    return at;
}

std::string lower(std::string_view text)
{
    std::string plain(text);
    for (char& c : plain)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return plain;
}

bool isSimulated(std::string_view value, std::string_view wanted)
{
    const std::string plain = lower(value);
    if (!wanted.empty())
        return plain.find(lower(wanted)) != std::string::npos;
    constexpr auto words = std::to_array<std::string_view>({"sim", "simulated", "simulation", "simulator", "synthetic",
                                                            "eval", "evals", "evaluation", "test", "tests", "testing"});
    std::string word;
    bool found = false;
    for (const char c : plain + ' ') {
        if ((c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80) {
            word += c;
            continue;
        }
        found = found || std::find(words.begin(), words.end(), word) != words.end();
        word.clear();
    }
    return found;
}

struct Side {
    std::array<std::vector<Row>, classes.size()> rows;
    std::array<std::uint64_t, classes.size()> counts{};
    std::uint64_t all = 0;
};

/// One thing that is counted of an arc, of both kinds of traffic.
struct Counted {
    std::string_view key;
    std::string_view title;
    Side simulated;
    Side real;
};

void add(Side& side, std::int64_t count, const std::vector<Row>& rows)
{
    if (count < 0)
        return;
    const std::size_t at = classOf(count);
    ++side.counts[at];
    ++side.all;
    side.rows[at].insert(side.rows[at].end(), rows.begin(), rows.end());
}

std::string fixed(double value)
{
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%.2f", value);
    return text.data();
}

Result<LensResult> run(const LensInput& input)
{
    LensResult result;
    result.of = "task arcs";
    result.wholeWork = true;
    if (!input.arcs || input.arcs->arcs.rows() == 0) {
        result.sentence = "No task arcs were found.";
        return result;
    }
    const ArcCorpus& arcs = *input.arcs;
    const std::string_view byWord = input.values.word(parameters[0]);
    const SpanText by = byWord == "name" ? SpanText::Name : tagNamed(byWord);
    const std::string_view wanted = input.values.word(parameters[1]);
    const ArcPlaces places(input.corpus, arcs);
    std::array<Counted, 3> all{{{"turns", "Turns of the user", {}, {}},
                                {"abandoned", "Turn at which the user gave up", {}, {}},
                                {"asked_again", "Times asked again", {}, {}}}};
    std::uint64_t unknown = 0;
    std::uint64_t simulated = 0;
    std::uint64_t real = 0;
    const std::vector<std::uint32_t> shown = shownArcs(input, places);
    for (const std::uint32_t arc : shown) {
        const StringId tag{static_cast<std::uint32_t>(arcValue(arcs, tagColumn(by), arc))};
        if (!tag) {
            ++unknown;
            continue;
        }
        const bool isSim = isSimulated(input.corpus.strings[tag], wanted);
        ++(isSim ? simulated : real);
        const auto put = [&](Counted& into, std::int64_t count) {
            add(isSim ? into.simulated : into.real, count, places.shownBy(arc));
        };
        const std::int64_t turns = arcValue(arcs, ArcColumn::Turns, arc);
        put(all[0], turns);
        if (resolutionOf(arcs, arc) == ArcResolution::Abandoned)
            put(all[1], turns);
        put(all[2], arcValue(arcs, ArcColumn::ReAsks, arc));
    }
    result.n = simulated + real;
    if (unknown > 0)
        result.missing.push_back(missingField(by, unknown, shown.size(), "Whether they are simulated is not known."));
    LensTable& table = result.table;
    table.columns = {{"what", "What"}, {"value", "Value"}, {"simulated", "Simulated"}, {"real", "Real"}};
    std::string distances;
    for (Counted& one : all) {
        LensChart chart;
        chart.kind = LensChartKind::Bars;
        chart.title = one.title;
        chart.xAxis.title = one.title;
        chart.yAxis = {"share of task arcs", LensUnit::Share, {}, {}, false};
        chart.band = "95 % interval";
        chart.series = {{"simulated", {}}, {"real", {}}};
        std::vector<CategoryCounts> categories;
        for (std::size_t i = 0; i < classes.size(); ++i) {
            const std::uint64_t left = one.simulated.counts[i];
            const std::uint64_t right = one.real.counts[i];
            if (left + right == 0)
                continue;
            categories.push_back({left, right});
            std::vector<Row> rows = one.simulated.rows[i];
            rows.insert(rows.end(), one.real.rows[i].begin(), one.real.rows[i].end());
            std::sort(rows.begin(), rows.end());
            rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
            table.rows.push_back({{std::string(one.title), std::string(classes[i].second),
                                   shareCell(left, one.simulated.all), shareCell(right, one.real.all)},
                                  std::move(rows)});
            const auto x = static_cast<double>(chart.xAxis.categories.size());
            chart.series[0].points.push_back(pointOf(table, table.rows.size() - 1, 2, x));
            chart.series[1].points.push_back(pointOf(table, table.rows.size() - 1, 3, x));
            chart.xAxis.categories.emplace_back(classes[i].second);
        }
        if (one.simulated.all == 0 || one.real.all == 0)
            continue;
        const SpreadTest test = spreadTest(categories);
        distances += (distances.empty() ? "" : "; ") + lower(one.title) + ' ' + fixed(test.distance) +
                     (test.told() ? " (p " + fixed(test.p) + ")" : " (too few to test)");
        result.charts.push_back(std::move(chart));
    }
    if (simulated == 0 || real == 0) {
        result.sentence = "Of " + countText(shown.size(), "task arc") + ' ' +
                          (simulated + real == 0 ? std::string("none says whether it is simulated")
                           : simulated == 0      ? "none is told as simulated by its " + tagWords(by)
                                                 : "all are told as simulated by their " + tagWords(by)) +
                          ": there is nothing to compare.";
        return result;
    }
    result.sentence = countText(simulated, "simulated arc") + " against " + countText(real, "real one") +
                      ". Distance from 0, alike, to 1, nothing in common: " + distances + '.';
    return result;
}

} // namespace

Lens simulation()
{
    return {"simulation",
            "Simulated against real traffic",
            "Do simulated users take as many turns, give up as early and ask again as often as real ones?",
            "Alike in these three is not alike: what was asked for, and how, is not compared.",
            {{"env", "user", "trigger", "outcome"}, callLensColumns(), {}, false, true},
            parameters,
            run};
}

} // namespace arcscope
