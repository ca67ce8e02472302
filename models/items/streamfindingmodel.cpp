#include "streamfindingmodel.h"

#include "displaytext.h"
#include "streamfindinggroups.h"

#include <algorithm>

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
    m_rows = m_subject ? groupsOf(m_subject->findings) : std::vector<std::vector<std::uint32_t>>();
    endResetModel();
}

int StreamFindingModel::rowOf(std::uint32_t finding) const
{
    const auto row = std::find_if(m_rows.begin(), m_rows.end(), [finding](const std::vector<std::uint32_t>& members) {
        return std::binary_search(members.begin(), members.end(), finding);
    });
    return row == m_rows.end() ? -1 : static_cast<int>(row - m_rows.begin());
}

std::uint32_t StreamFindingModel::placeIn(int row, std::uint32_t event) const
{
    const std::vector<std::uint32_t>& members = findingsOf(row);
    const auto behind = std::find_if(members.begin(), members.end(), [&](std::uint32_t member) {
        return event == noEvent || finding(member).event > event;
    });
    return behind == members.end() ? members.front() : *behind;
}

std::optional<std::uint32_t> StreamFindingModel::next(std::uint32_t event, bool forward) const
{
    const auto count = static_cast<std::uint32_t>(m_subject ? m_subject->findings.size() : 0);
    std::optional<std::uint32_t> found;
    for (std::uint32_t i = 0; i < count; ++i) {
        const bool behind = event == noEvent || finding(i).event > event;
        if (forward && behind)
            return i;
        if (!forward && event != noEvent && finding(i).event < event)
            found = i;
    }
    if (found || count == 0)
        return found;
    return forward ? 0 : count - 1;
}

int StreamFindingModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int StreamFindingModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

/// One finding by its sentence and its text; many by their number and the one that was shown longest, or is first.
QString StreamFindingModel::whatText(int row) const
{
    const std::vector<std::uint32_t>& members = findingsOf(row);
    const auto longest = std::max_element(members.begin(), members.end(), [&](std::uint32_t a, std::uint32_t b) {
        return finding(a).exposure < finding(b).exposure;
    });
    const StreamFinding& of = finding(*longest);
    const QString sentence = oneLine(of.what + (of.before.empty() ? "" : ": " + of.before), 300);
    if (members.size() == 1)
        return sentence;
    const auto count = static_cast<qlonglong>(members.size());
    return of.exposure == noTime ? tr("%1 times; first: %2").arg(count).arg(sentence)
                                 : tr("%1 times; longest: %2").arg(count).arg(sentence);
}

QVariant StreamFindingModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const StreamFinding& of = finding(findingsOf(index.row()).front());
    if (role == WeightRole)
        return static_cast<int>(of.weight);
    if (role == Qt::ToolTipRole) {
        QStringList lines{whatText(index.row()),
                          QStringLiteral("%1, %2").arg(QString::fromUtf8(name(of.rule).data()),
                                                       QString::fromUtf8(name(of.evidence).data()))};
        if (!of.before.empty())
            lines << tr("before: %1").arg(oneLine(of.before, 300));
        if (!of.instead.empty())
            lines << tr("instead: %1").arg(oneLine(of.instead, 300));
        if (findingsOf(index.row()).size() > 1)
            lines << tr("Enter goes from one place to the next");
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
        return whatText(index.row());
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
