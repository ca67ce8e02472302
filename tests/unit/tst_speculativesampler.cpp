// layers: arcscope_speculation
#include "speculativesampler.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

using namespace arcscope::speculation;

namespace
{

/// What a draft model, a target model and their numbers draw behind a context: one token or several.
using Drawing = std::function<std::vector<Token>(std::span<const Token>)>;

constexpr std::size_t draftLength = 3;
constexpr int contexts = 48;
constexpr int drawingsEach = 4'000;
/// Below this a distribution is another one. With fixed seeds a test passes always or never.
constexpr double threshold = 0.001;

const TokenText& text()
{
    static const TokenText cut = [] {
        QFile file(ARCSCOPE_TEST_DATA "/speculation/prose.txt");
        return cutIntoTokens(file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string());
    }();
    return cut;
}

const NgramModel& small()
{
    static const NgramModel model(text(), 2);
    return model;
}

const NgramModel& large()
{
    static const NgramModel model(text(), 4);
    return model;
}

/// Pearson's statistic summed over contexts; what is expected less than ten times is put together.
struct Fit {
    double statistic = 0;
    double freedom = 0;

    void add(const std::vector<double>& probabilities, const std::map<Token, int>& counts, int drawn)
    {
        struct Cell {
            double expected = 0;
            double count = 0;
        };
        std::vector<Cell> cells;
        Cell rest;
        for (std::size_t i = 0; i < probabilities.size(); ++i) {
            const auto found = counts.find(static_cast<Token>(i));
            const Cell cell = {probabilities[i] * drawn, found == counts.end() ? 0.0 : found->second};
            if (cell.expected >= 10) {
                cells.push_back(cell);
            } else {
                rest.expected += cell.expected;
                rest.count += cell.count;
            }
        }
        if (rest.expected >= 10 || cells.empty()) {
            cells.push_back(rest);
        } else {
            cells.back().expected += rest.expected;
            cells.back().count += rest.count;
        }
        if (cells.size() < 2)
            return;
        for (const Cell& cell : cells)
            statistic += (cell.count - cell.expected) * (cell.count - cell.expected) / cell.expected;
        freedom += static_cast<double>(cells.size()) - 1;
    }

    /// The chance of a statistic at least as large, after Wilson and Hilferty: close for the hundreds of degrees here.
    double p() const
    {
        const double part = 2 / (9 * freedom);
        const double normal = (std::cbrt(statistic / freedom) - (1 - part)) / std::sqrt(part);
        return 0.5 * std::erfc(normal / std::sqrt(2.0));
    }
};

/// Compares what is drawn behind many contexts with what the target model predicts: the first token, and each one more
/// where the ones before it are those that the target model holds for the likeliest.
Fit compared(const Drawing& drawing)
{
    Fit fit;
    const std::span<const Token> all(text().tokens);
    const std::size_t step = all.size() / (contexts + 1);
    for (std::size_t context = 1; context <= contexts; ++context) {
        std::vector<Token> path(all.begin() + static_cast<std::ptrdiff_t>(context * step - 3),
                                all.begin() + static_cast<std::ptrdiff_t>(context * step));
        const std::vector<Token> start = path;
        std::vector<std::vector<double>> predicted(draftLength + 1);
        std::vector<Token> likeliest;
        for (std::vector<double>& p : predicted) {
            large().predict(path, p);
            likeliest.push_back(static_cast<Token>(std::max_element(p.begin(), p.end()) - p.begin()));
            path.push_back(likeliest.back());
        }
        std::vector<std::map<Token, int>> counts(predicted.size());
        std::vector<int> drawn(predicted.size());
        for (int i = 0; i < drawingsEach; ++i) {
            const std::vector<Token> tokens = drawing(start);
            for (std::size_t place = 0; place < tokens.size() && place < counts.size(); ++place) {
                ++counts[place][tokens[place]];
                ++drawn[place];
                if (tokens[place] != likeliest[place])
                    break;
            }
        }
        for (std::size_t place = 0; place < counts.size(); ++place)
            fit.add(predicted[place], counts[place], drawn[place]);
    }
    return fit;
}

std::vector<Token> tokensOf(const SpeculativeStep& step)
{
    std::vector<Token> tokens(step.drafted.begin(), step.drafted.begin() + static_cast<std::ptrdiff_t>(step.accepted));
    tokens.push_back(step.next);
    return tokens;
}

QByteArray inWords(const char* what, const Fit& fit)
{
    return QByteArray(what) + ": chi square " + QByteArray::number(fit.statistic) + " of " +
           QByteArray::number(fit.freedom) + " degrees of freedom, p = " + QByteArray::number(fit.p());
}

} // namespace

class TestSpeculativeSampler : public QObject
{
    Q_OBJECT

private slots:
    void modelsAreDistributions()
    {
        QVERIFY(text().tokens.size() > 10'000);
        std::vector<double> p;
        for (const NgramModel* model : {&small(), &large()}) {
            for (std::size_t at = 0; at + 3 < text().tokens.size(); at += 997) {
                model->predict(std::span(text().tokens).subspan(at, 3), p);
                double sum = 0;
                for (const double one : p) {
                    QVERIFY(one > 0);
                    sum += one;
                }
                QVERIFY(std::abs(sum - 1) < 1e-9);
            }
        }
        QCOMPARE(text().textOf(text().tokens).size(), QFile(ARCSCOPE_TEST_DATA "/speculation/prose.txt").size());
    }

    /// By known values of the chi-square distribution.
    void theStatisticIsRight()
    {
        QVERIFY(std::abs(Fit{124.342, 100}.p() - 0.05) < 0.0005);
        QVERIFY(std::abs(Fit{149.449, 100}.p() - 0.001) < 0.0001);
        QVERIFY(std::abs(Fit{99.334, 100}.p() - 0.5) < 0.001);
    }

    void whatComesOutIsTheTargets()
    {
        SpeculativeSampler sampler(small(), large(), 20'231);
        std::size_t accepted = 0;
        std::size_t steps = 0;
        const Fit fit = compared([&](std::span<const Token> context) {
            sampler.draft(context, draftLength);
            const SpeculativeStep step = sampler.verify(context);
            accepted += step.accepted;
            ++steps;
            return tokensOf(step);
        });
        qInfo("%s", inWords("speculative sampling", fit).constData());
        qInfo("%.3f of %zu drafted tokens accepted", double(accepted) / double(steps * draftLength),
              steps * draftLength);
        QVERIFY(fit.freedom > 200);
        QVERIFY2(fit.p() > threshold, inWords("speculative sampling", fit).constData());
        // Every way was taken: some drafts whole, some rejected.
        QVERIFY(accepted > steps / 2 && accepted < steps * draftLength * 9 / 10);
    }

    void theTargetAloneFits()
    {
        SpeculativeSampler sampler(small(), large(), 77);
        const Fit fit = compared([&](std::span<const Token> context) {
            sampler.draft(context, 0);
            return tokensOf(sampler.verify(context));
        });
        qInfo("%s", inWords("target model alone", fit).constData());
        QVERIFY(fit.p() > threshold);
    }

    /// The same test has to see what is wrong.
    void theDraftModelAloneDoesNot()
    {
        Chance chance(77);
        std::vector<double> q;
        const Fit fit = compared([&](std::span<const Token> context) {
            small().predict(context, q);
            return std::vector<Token>{chance.draw(q)};
        });
        qInfo("%s", inWords("draft model alone", fit).constData());
        QVERIFY(fit.p() < 1e-9);
    }

    /// Nor must it pass where a rejected token is replaced by one of the target's own distribution, and not of what is
    /// left of it.
    void aCarelessCorrectionDoesNot()
    {
        Chance chance(77);
        std::vector<double> p;
        std::vector<double> q;
        const Fit fit = compared([&](std::span<const Token> context) {
            small().predict(context, q);
            large().predict(context, p);
            const Token drafted = chance.draw(q);
            const bool accepted = chance.uniform() * q[drafted] < p[drafted];
            return std::vector<Token>{accepted ? drafted : chance.draw(p)};
        });
        qInfo("%s", inWords("careless correction", fit).constData());
        QVERIFY(fit.p() < 1e-9);
    }

    void aModelAcceptsItsOwnDrafts()
    {
        SpeculativeSampler sampler(large(), large(), 5);
        for (int i = 0; i < 200; ++i) {
            sampler.draft(std::span(text().tokens).first(3), draftLength);
            QCOMPARE(sampler.verify(std::span(text().tokens).first(3)).accepted, draftLength);
        }
    }
};

QTEST_APPLESS_MAIN(TestSpeculativeSampler)
#include "tst_speculativesampler.moc"
