#include "ttftmodel.h"

#include "displaytext.h"

#include <algorithm>

namespace arcscope
{
namespace
{

QString times(double ratio)
{
    return QStringLiteral("%1×").arg(ratio, 0, 'f', ratio < 10 ? 2 : 1);
}

QString seconds(double value)
{
    return QString::fromStdString(metricText(StreamMetric::FirstToken, value));
}

} // namespace

void TtftModel::setComparisons(TtftComparisonsPtr comparisons)
{
    beginResetModel();
    m_comparisons = std::move(comparisons);
    m_slower.clear();
    for (std::size_t i = 0; m_comparisons && i < m_comparisons->size(); ++i) {
        if ((*m_comparisons)[i].verdict == TtftVerdict::Slower)
            m_slower.push_back(i);
    }
    endResetModel();
}

QString TtftModel::summary() const
{
    if (!m_comparisons)
        return {};
    const auto tooFew = std::count_if(m_comparisons->begin(), m_comparisons->end(),
                                      [](const auto& each) { return each.verdict == TtftVerdict::TooFew; });
    const auto made = static_cast<std::int64_t>(m_comparisons->size()) - tooFew;
    if (m_comparisons->empty())
        return {};
    if (made == 0)
        return tr("too few streams to say whether first tokens come later than before");
    QString text = m_slower.empty() ? tr("no first token is seen to come later than before")
                                    : counted(static_cast<std::int64_t>(m_slower.size()),
                                              tr("first tokens come later than before in %1 case"),
                                              tr("first tokens come later than before in %1 cases"));
    text += counted(made, tr(" (%1 comparison of versions of models and prompts, and of hours"),
                    tr(" (%1 comparisons of versions of models and prompts, and of hours"));
    if (tooFew > 0)
        text += counted(tooFew, tr("; %1 more with too few streams"), tr("; %1 more with too few streams"));
    return text + u')';
}

int TtftModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_slower.size());
}

int TtftModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TtftModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const TtftComparison& of = comparison(index.row());
    if (role == Qt::ToolTipRole)
        return tr("Median of all differences, of logarithms (Hodges-Lehmann), 95 %: %1 to %2. Mann-Whitney, one-sided, "
                  "adjusted for all comparisons: p %3")
            .arg(times(of.ratioLow), times(of.ratioHigh),
                 of.adjusted < 0.0001 ? tr("below 0.0001") : QString::number(of.adjusted, 'f', 4));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case WhatColumn:
        return tr("%1 after %2").arg(oneLine(of.after, 80), oneLine(of.before, 80));
    case RatioColumn:
        return tr("%1 (%2 to %3)").arg(times(of.ratio), times(of.ratioLow), times(of.ratioHigh));
    case MedianColumn:
        return QStringLiteral("%1 \u2192 %2").arg(seconds(of.baselineMedian), seconds(of.currentMedian));
    case StreamsColumn:
        return QStringLiteral("%1, %2").arg(countText(static_cast<std::int64_t>(of.baseline.size())),
                                            countText(static_cast<std::int64_t>(of.current.size())));
    case CohortColumn:
        return oneLine(of.cohort, 200);
    default:
        return {};
    }
}

QVariant TtftModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case WhatColumn:
        return tr("Later first tokens");
    case RatioColumn:
        return tr("Times as long");
    case MedianColumn:
        return tr("Median");
    case StreamsColumn:
        return tr("Streams");
    case CohortColumn:
        return tr("Among streams of");
    default:
        return {};
    }
}

} // namespace arcscope
