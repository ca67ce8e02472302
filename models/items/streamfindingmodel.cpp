#include "streamfindingmodel.h"

#include "displaytext.h"

namespace arcscope
{
namespace
{

/// Weight and rule for people: "! stream stall".
QString ruleText(const StreamFinding& finding)
{
    const char* const marks[] = {"i", "!", "\u203c"};
    QString rule = QString::fromUtf8(name(finding.rule).data());
    rule.replace(u'.', u' ').replace(u'_', u' ');
    return QString::fromUtf8(marks[static_cast<std::size_t>(finding.weight)]) + u' ' + rule;
}

} // namespace

QString momentText(const StreamTimeline& timeline, std::uint32_t event)
{
    if (event == noEvent)
        return {};
    if (timeline.ordinal)
        return QObject::tr("event %1").arg(event + 1);
    return QStringLiteral("+") + QString::fromStdString(durationText(timeline.at(event) - timeline.origin));
}

void StreamFindingModel::setSubject(std::shared_ptr<const StreamSubject> subject)
{
    beginResetModel();
    m_subject = std::move(subject);
    endResetModel();
}

int StreamFindingModel::next(std::uint32_t event, bool forward) const
{
    const int count = rowCount();
    int found = -1;
    for (int row = 0; row < count; ++row) {
        if (forward && finding(row).event > event)
            return row;
        if (!forward && finding(row).event < event)
            found = row;
    }
    if (found >= 0 || count == 0)
        return found;
    return forward ? 0 : count - 1;
}

int StreamFindingModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_subject ? 0 : static_cast<int>(m_subject->findings.size());
}

int StreamFindingModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant StreamFindingModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const StreamFinding& of = finding(index.row());
    if (role == WeightRole)
        return static_cast<int>(of.weight);
    if (role == Qt::ToolTipRole) {
        QStringList lines{QString::fromStdString(of.what),
                          QStringLiteral("%1, %2").arg(QString::fromUtf8(name(of.rule).data()),
                                                       QString::fromUtf8(name(of.evidence).data()))};
        if (!of.before.empty())
            lines << tr("before: %1").arg(oneLine(of.before, 300));
        if (!of.instead.empty())
            lines << tr("instead: %1").arg(oneLine(of.instead, 300));
        return lines.join(u'\n').toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"));
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case WhenColumn:
        return momentText(*m_subject->timeline, of.event);
    case RuleColumn:
        return ruleText(of);
    default:
        return oneLine(of.what + (of.before.empty() ? "" : ": " + of.before), 300);
    }
}

QVariant StreamFindingModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case WhenColumn:
        return tr("When");
    case RuleColumn:
        return tr("Finding");
    case WhatColumn:
        return tr("What");
    default:
        return {};
    }
}

} // namespace arcscope
