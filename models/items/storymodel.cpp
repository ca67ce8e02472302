#include "storymodel.h"

#include "displaytext.h"
#include "notebook.h"

namespace arcscope
{

QString stepName(const Story& story, std::size_t step)
{
    const StoryStep& each = story.steps[step];
    const std::string& text = each.title.empty() ? each.text : each.title;
    const QString name = oneLine(text.substr(0, text.find('\n')), 120);
    return name.isEmpty() ? StoryModel::tr("step %1").arg(countText(static_cast<qint64>(step) + 1)) : name;
}

StoryModel::StoryModel(AppState& state, QObject* parent)
    : QAbstractTableModel(parent)
    , m_state(state)
    , m_story(state.notes().story())
{
    connect(&state.notes(), &NoteBook::storyChanged, this, &StoryModel::list);
}

const Story& StoryModel::story() const
{
    return m_story;
}

/// Where only texts of steps change, whoever is at one of them stays there.
void StoryModel::list()
{
    const Story& next = m_state.notes().story();
    if (next.steps.size() == m_story.steps.size() && !next.steps.empty()) {
        m_story = next;
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_story = next;
    endResetModel();
}

int StoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_story.steps.size());
}

int StoryModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant StoryModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const StoryStep& step = m_story.steps[row];
    if (role == Qt::EditRole && index.column() == TitleColumn)
        return QString::fromStdString(step.title);
    if (role == Qt::ToolTipRole)
        return safeText(index.column() == TextColumn ? step.text : step.title);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case TitleColumn:
        return tr("%1. %2").arg(countText(index.row() + 1), stepName(m_story, row));
    case TextColumn:
        return oneLine(step.text);
    default:
        return step.state.view.empty() ? tr("any") : oneLine(step.state.view, 40);
    }
}

bool StoryModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || role != Qt::EditRole || index.column() != TitleColumn)
        return false;
    if (value.toString() != data(index, Qt::EditRole).toString())
        emit titleEdited(index.row(), value.toString());
    return true;
}

Qt::ItemFlags StoryModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags usual = QAbstractTableModel::flags(index);
    return index.isValid() && index.column() == TitleColumn ? usual | Qt::ItemIsEditable : usual;
}

QVariant StoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == TitleColumn ? tr("Step") : section == TextColumn ? tr("Text") : tr("View");
}

} // namespace arcscope
