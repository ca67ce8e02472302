#include "notespanel.h"

#include "annotationcommands.h"
#include "displaytext.h"
#include "emptystate.h"
#include "notebook.h"
#include "noteeditor.h"
#include "tablestyle.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace arcscope
{
namespace
{

QString sentence(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

} // namespace

NotesPanel::NotesPanel(AppState& state, AnnotationCommands& commands, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_commands(commands)
    , m_model(new NoteListModel(state, this))
    , m_proxy(new QSortFilterProxyModel(this))
    , m_filter(new QLineEdit(this))
    , m_count(new QLabel(this))
    , m_table(new QTableView(this))
    , m_editor(new NoteEditor(tr("Text"), this))
    , m_empty(new EmptyState(this))
    , m_pages(new QStackedWidget(this))
{
    m_proxy->setSourceModel(m_model);
    m_proxy->setFilterKeyColumn(-1);
    m_proxy->setFilterRole(NoteListModel::FilterRole);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setSortRole(NoteListModel::SortRole);
    m_proxy->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_filter->setPlaceholderText(tr("Search the notes"));
    m_filter->setAccessibleName(tr("Search the notes"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(360);
    m_count->setTextFormat(Qt::PlainText);
    m_table->setModel(m_proxy);
    setUpTable(*m_table, tr("Notes"));
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(NoteListModel::WhenColumn, Qt::DescendingOrder);
    const int em = m_table->fontMetrics().horizontalAdvance(QLatin1Char('0'));
    m_table->setColumnWidth(NoteListModel::KindColumn, 12 * em);
    m_table->setColumnWidth(NoteListModel::PlaceColumn, 34 * em);
    m_table->setColumnWidth(NoteListModel::WhenColumn, 22 * em);
    m_table->setColumnWidth(NoteListModel::AuthorColumn, 10 * em);
    fitColumn(*m_table, NoteListModel::TextColumn, 24 * em);
    m_empty->say(tr("Nothing is written yet"),
                 tr("Bookmarks (Ctrl+B), notes (Ctrl+N), tags (Ctrl+T), and what you say of findings and task arcs are "
                    "listed here."));
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_table);
    auto* top = new QHBoxLayout;
    top->addWidget(m_filter, 1);
    top->addStretch();
    top->addWidget(m_count);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 4, 4, 4);
    column->addLayout(top);
    auto* beside = new QHBoxLayout;
    beside->addWidget(m_pages, 2);
    beside->addWidget(m_editor, 1, Qt::AlignTop);
    column->addLayout(beside, 1);
    makeKeys();

    connect(m_filter, &QLineEdit::textChanged, m_proxy, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_filter, &QLineEdit::textChanged, this, &NotesPanel::showCount);
    connect(m_filter, &QLineEdit::returnPressed, m_table, [this] {
        if (m_proxy->rowCount() > 0 && !m_table->currentIndex().isValid())
            chooseRow(*m_table, 0);
        m_table->setFocus();
    });
    connect(m_table, &QTableView::activated, this, &NotesPanel::go);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &NotesPanel::showCurrent);
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, &NotesPanel::keepChoice);
    connect(m_model, &QAbstractItemModel::modelReset, this, &NotesPanel::restoreChoice);
    connect(m_editor, &NoteEditor::left, m_table, [this] { m_table->setFocus(); });
    connect(m_editor, &NoteEditor::drafted, this, [this](const QString& identity, const QString& text) {
        if (identity.startsWith(QLatin1String("note:")) || annotationOfDraft(identity.toStdString()))
            m_state.notes().keepDraft(identity, text);
    });
    connect(m_editor, &NoteEditor::edited, this, &NotesPanel::take);
    connect(&state, &AppState::loadingChanged, this, &NotesPanel::showCount);
    showCount();
}

void NotesPanel::makeKeys()
{
    const auto add = [this](const QString& text, const QList<QKeySequence>& keys, void (NotesPanel::*run)()) {
        auto* action = new QAction(text, m_table);
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, run);
        m_table->addAction(action);
    };
    add(tr("&Go to the place\tEnter"), {}, &NotesPanel::go);
    auto* edit = new QAction(tr("&Edit"), m_table);
    edit->setShortcut(QKeySequence(Qt::Key_F2));
    edit->setShortcutContext(Qt::WidgetShortcut);
    connect(edit, &QAction::triggered, this, [this] {
        showCurrent();
        m_editor->edit();
    });
    m_table->addAction(edit);
    add(tr("&Delete"), {QKeySequence(Qt::Key_Delete), QKeySequence(Qt::Key_Backspace)}, &NotesPanel::remove);
    add(tr("&Copy"), {QKeySequence::Copy}, &NotesPanel::copy);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    setFocusProxy(m_table);
}

std::vector<NoteEntry> NotesPanel::chosen() const
{
    std::vector<NoteEntry> entries;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        entries.push_back(m_model->entry(m_proxy->mapToSource(index).row()));
    return entries;
}

void NotesPanel::keepChoice()
{
    const QModelIndex current = m_proxy->mapToSource(m_table->currentIndex());
    m_chosenRow = std::max(0, m_table->currentIndex().row());
    m_chosen = current.isValid() ? m_model->entry(current.row()).identity() : QString();
}

/// What was chosen stays so; where it is gone, its neighbour is chosen.
void NotesPanel::restoreChoice()
{
    showCount();
    if (m_chosen.isEmpty())
        return;
    const int row = m_model->rowOf(m_chosen);
    const QModelIndex index = row >= 0 ? m_proxy->mapFromSource(m_model->index(row, 0))
                                       : m_proxy->index(std::min(m_chosenRow, m_proxy->rowCount() - 1), 0);
    if (index.isValid())
        chooseRow(*m_table, index.row());
    showCurrent();
}

void NotesPanel::showCurrent()
{
    const QModelIndex current = m_proxy->mapToSource(m_table->currentIndex());
    if (!current.isValid()) {
        m_editor->showNote(m_made ? m_made->where : QString(), {});
        return;
    }
    const NoteEntry entry = m_model->entry(current.row()); // showing it may hand in another, which lists all anew
    m_editor->showNote(entry.identity(), entry.text);
    m_editor->setTitle(tr("Text"));
    m_made.reset();
}

void NotesPanel::take(const QString& identity, const QString& text)
{
    if (m_made && m_made->where == identity) {
        Made made = *std::exchange(m_made, std::nullopt);
        made.annotation.body = text.toStdString();
        m_commands.keep(made.annotation, made.about);
        choose(QStringLiteral("note:%1").arg(made.annotation.id));
    } else if (const int row = m_model->rowOf(identity); row >= 0) {
        m_commands.edit(NoteEntry(m_model->entry(row)), text);
    }
}

bool NotesPanel::choose(const QString& identity)
{
    const int row = m_model->rowOf(identity);
    if (row < 0)
        return false;
    if (!m_proxy->mapFromSource(m_model->index(row, 0)).isValid())
        m_filter->clear(); // the search hides it
    chooseRow(*m_table, m_proxy->mapFromSource(m_model->index(row, 0)).row());
    showCurrent();
    return true;
}

void NotesPanel::showCount()
{
    const int all = m_model->rowCount();
    m_pages->setCurrentWidget(all == 0 ? static_cast<QWidget*>(m_empty) : m_table);
    m_filter->setEnabled(all > 0);
    if (all == 0)
        m_editor->showNote(m_made ? m_made->where : QString(), {});
    m_count->setText(
        all == 0 ? QString()
                 : tr("%1 of %2").arg(countText(m_proxy->rowCount()), counted(all, tr("%1 note"), tr("%1 notes"))));
}

void NotesPanel::write(const QString& identity)
{
    if (choose(identity))
        m_editor->edit();
}

void NotesPanel::write(const Annotation& made, const QString& about)
{
    m_editor->commit();
    m_made = {made, about, QString::fromStdString(placeOfDraft(made))};
    m_table->clearSelection();
    m_table->setCurrentIndex({});
    const QString part = partText(parsePlacePart(made.part).value_or(PlacePart()));
    m_editor->setTitle(part.isEmpty() ? sentence(about) : tr("%1: %2").arg(sentence(about), part));
    showCurrent();
    m_editor->edit();
}

void NotesPanel::go()
{
    const QModelIndex current = m_proxy->mapToSource(m_table->currentIndex());
    if (!current.isValid())
        return;
    const NoteEntry entry = m_model->entry(current.row());
    emit placeChosen(entry, m_model->found(entry));
}

void NotesPanel::remove()
{
    if (const auto entries = chosen(); !entries.empty())
        m_commands.remove(entries);
}

void NotesPanel::copy()
{
    QStringList lines;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) {
        QStringList cells;
        for (int cell = 0; cell < NoteListModel::ColumnCount; ++cell)
            cells << index.siblingAtColumn(cell).data().toString();
        lines << cells.join(QLatin1Char('\t'));
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

} // namespace arcscope
