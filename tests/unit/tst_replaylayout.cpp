// layers: core layout
#include "replaylayout.h"

#include <QTest>

#include <sstream>

using namespace arcscope;

namespace
{

/// One step a line: `BASE CANDIDATE [same|wording|path|effect] [order] [depth=N]`, "-" where a run has no such step.
ReplayComparison comparisonOf(const std::string& text)
{
    ReplayComparison comparison;
    std::uint32_t base = 0;
    std::uint32_t candidate = 0;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string left;
        std::string right;
        std::string word;
        words >> left >> right;
        ReplayStep step;
        step.kind = ReplayStepKind::ToolCall;
        step.tool = left == "-" ? right : left;
        if (left != "-")
            step.base.step = base++;
        if (right != "-")
            step.candidate.step = candidate++;
        while (words >> word) {
            if (word == "order")
                step.detail = ReplayDetail::Order;
            else if (word.starts_with("depth="))
                step.depth = static_cast<std::uint32_t>(std::stoi(word.substr(6)));
            else
                for (int i = 0; i < replayClassCount; ++i) {
                    if (name(static_cast<ReplayClass>(i)) == word)
                        step.weight = static_cast<ReplayClass>(i);
                }
        }
        comparison.steps.push_back(step);
    }
    return comparison;
}

/// Blocks as `[tool  ]`, folds as `(3, 1 worded)`, connectors as `===` same, `---` wording, `~~~` path, `###` effect,
/// `<` dropped, `>` added; where one moved from and to as `\` and `/` at both ends.
std::string draw(const std::vector<const ReplayComparison*>& candidates, const std::vector<ReplayLine>& lines,
                 int width = 34)
{
    const std::vector<ReplayMove> moves = replayMoves(lines, candidates);
    ReplayViewport viewport;
    viewport.width = width;
    viewport.columns = static_cast<int>(candidates.size()) + 1;
    viewport.gap = 4;
    viewport.indent = 2;
    viewport.count = static_cast<int>(lines.size());
    const ReplayScene scene = layOut(lines, moves, candidates, viewport);
    std::vector<std::string> rows(lines.size(), std::string(static_cast<std::size_t>(width), ' '));
    for (const ReplayBlock& block : scene.blocks) {
        std::string text(static_cast<std::size_t>(block.rect.width), ' ');
        std::string words;
        const ReplayLine& line = lines[block.line];
        if (block.column < 0) {
            words = "(" + std::to_string(line.folded) + ", " + std::to_string(line.worded) + " worded)";
        } else {
            const std::size_t candidate = block.column == 0 ? 0 : static_cast<std::size_t>(block.column - 1);
            words = "[" + candidates[candidate]->steps[line.steps[candidate]].tool;
            text.back() = ']';
        }
        text.replace(0, words.size(), words);
        rows[block.line].replace(static_cast<std::size_t>(block.rect.x), text.size(), text);
    }
    for (const ReplayConnector& connector : scene.connectors) {
        if (connector.link == ReplayLink::Moved) {
            rows[static_cast<std::size_t>(connector.y0)][static_cast<std::size_t>(connector.x0)] =
                connector.y0 < connector.y1 ? '\\' : '/';
            rows[static_cast<std::size_t>(connector.y1)][static_cast<std::size_t>(connector.x1 - 1)] =
                connector.y0 < connector.y1 ? '\\' : '/';
            continue;
        }
        const char sign = "=-~#<>"[static_cast<std::size_t>(connector.link)];
        for (int x = connector.x0; x < connector.x1; ++x)
            rows[connector.line][static_cast<std::size_t>(x)] = sign;
    }
    std::string picture = "\n";
    for (const std::string& row : rows)
        picture += row + "|\n";
    return picture;
}

} // namespace

class TestReplayLayout : public QObject
{
    Q_OBJECT

private slots:
    void twoColumns()
    {
        const ReplayComparison one = comparisonOf("ask ask\n"
                                                  "find look path\n"
                                                  "read read wording depth=1\n"
                                                  "save - effect\n"
                                                  "- send effect\n"
                                                  "end end");
        const std::vector<const ReplayComparison*> candidates{&one};
        QCOMPARE(draw(candidates, replayLines(candidates)), std::string(R"(
[ask          ]====[ask          ]|
[find         ]~~~~[find         ]|
  [read       ]----  [read       ]|
[save         ]<<                 |
                 >>[send         ]|
[end          ]====[end          ]|
)"));
    }

    /// Steps of two candidates between the same steps of the base share a line; each is joined as it differs from the
    /// base, not from its neighbour.
    void threeColumns()
    {
        const ReplayComparison one = comparisonOf("a a\n"
                                                  "- x path\n"
                                                  "- y path\n"
                                                  "b b");
        const ReplayComparison two = comparisonOf("a a effect\n"
                                                  "- z path\n"
                                                  "b - path\n"
                                                  "- q path");
        const std::vector<const ReplayComparison*> candidates{&one, &two};
        QCOMPARE(draw(candidates, replayLines(candidates), 38), std::string(R"(
[a       ]====[a       ]####[a       ]|
            >>[x       ]  >>[z       ]|
            >>[y       ]              |
[b       ]====[b       ]<<            |
                          >>[q       ]|
)"));
    }

    void folds()
    {
        const ReplayComparison one = comparisonOf("a a\n"
                                                  "b b wording\n"
                                                  "c c\n"
                                                  "d d path\n"
                                                  "e e\n"
                                                  "f f effect");
        const std::vector<const ReplayComparison*> candidates{&one};
        const std::vector<ReplayLine> lines = replayLines(candidates);
        const std::vector<ReplayLine> folded = foldedLines(lines);
        QCOMPARE(draw(candidates, folded), std::string(R"(
(3, 1 worded)                     |
[d            ]~~~~[d            ]|
[e            ]====[e            ]|
[f            ]####[f            ]|
)"));
        QCOMPARE(folded[0].first, 0U);
        QVERIFY(nextChange(folded, -1, 1) == 1);
        QVERIFY(nextChange(folded, 1, 1) == 3);
        QVERIFY(!nextChange(folded, 3, 1));
        QVERIFY(nextChange(folded, 3, -1) == 1);
        QVERIFY(!nextChange(folded, 1, -1));
    }

    void moves()
    {
        const ReplayComparison one = comparisonOf("save - path order\n"
                                                  "a a\n"
                                                  "- save path order");
        const std::vector<const ReplayComparison*> candidates{&one};
        QCOMPARE(draw(candidates, replayLines(candidates)), std::string(R"(
[save         ]\                  |
[a            ]====[a            ]|
                  \[save         ]|
)"));
    }

    void nothing()
    {
        QVERIFY(replayLines({}).empty());
        const ReplayComparison none;
        const std::vector<const ReplayComparison*> candidates{&none};
        QVERIFY(replayLines(candidates).empty());
        QVERIFY(foldedLines({}).empty());
        QVERIFY(!nextChange({}, -1, 1));
    }
};

QTEST_APPLESS_MAIN(TestReplayLayout)
#include "tst_replaylayout.moc"
