#include "issuemodel.h"

#include "displaytext.h"

namespace arcscope
{
namespace
{

constexpr int longestPath = 4'096; ///< characters: no file system allows longer ones

} // namespace

IssueModel::IssueModel(AppState& state, QObject* parent)
    : QAbstractTableModel(parent)
    , m_state(state)
    , m_open(state.openCorpus())
{
    connect(&state, &AppState::corpusChanged, this, [this] {
        beginResetModel();
        m_open = m_state.openCorpus();
        endResetModel();
    });
}

const std::vector<ImportIssue>& IssueModel::issues() const
{
    static const std::vector<ImportIssue> none;
    return m_open ? m_open->issues : none;
}

int IssueModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(issues().size());
}

int IssueModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString IssueModel::place(const ImportIssue& issue)
{
    QString file = oneLine(issue.file, longestPath);
    if (issue.line >= 0)
        return tr("%1, line %2").arg(file, countText(issue.line));
    if (issue.byte >= 0)
        return tr("%1, byte %2").arg(file, countText(issue.byte));
    return file;
}

QVariant IssueModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const ImportIssue& issue = issueAt(index.row());
    if (role == SeverityRole)
        return static_cast<int>(issue.severity);
    if (role == SortRole && index.column() == CountColumn)
        return QVariant::fromValue(static_cast<qulonglong>(issue.count));
    if (role == SortRole && index.column() == SeverityColumn)
        return static_cast<int>(issue.severity);
    if (role == Qt::TextAlignmentRole && index.column() == CountColumn)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != SortRole)
        return {};
    switch (index.column()) {
    case SeverityColumn:
        return issue.severity == Severity::Error     ? tr("refused")
               : issue.severity == Severity::Warning ? tr("changed")
                                                     : tr("note");
    case KindColumn:
        return QString::fromLatin1(name(issue.kind)).replace(QLatin1Char('-'), QLatin1Char(' '));
    case CountColumn:
        return countText(static_cast<std::int64_t>(issue.count));
    case MessageColumn:
        return oneLine(issue.message, role == Qt::ToolTipRole ? 2'000 : 300);
    case PlaceColumn:
        return place(issue); // a view cuts it in the middle; the tip has all
    default:
        return {};
    }
}

QVariant IssueModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case SeverityColumn:
        return tr("Effect");
    case KindColumn:
        return tr("What");
    case CountColumn:
        return tr("Times");
    case MessageColumn:
        return tr("Why");
    case PlaceColumn:
        return tr("First at");
    default:
        return {};
    }
}

QString IssueModel::recordText(int row) const
{
    QStringList cells;
    for (int column = 0; column < ColumnCount; ++column)
        cells << data(index(row, column), Qt::DisplayRole).toString();
    return cells.join(QLatin1Char('\t'));
}

} // namespace arcscope
