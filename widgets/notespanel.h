// The list of everything that people wrote about what is open, with a field to narrow it down and an editor.
#pragma once

#include "noteentry.h"
#include "notelistmodel.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;

namespace arcscope
{

class AnnotationCommands;
class EmptyState;
class NoteEditor;

/// In the list Enter goes to the place, F2 edits, Delete deletes.
class NotesPanel : public QWidget
{
    Q_OBJECT

public:
    NotesPanel(AppState& state, AnnotationCommands& commands, QWidget* parent = nullptr);

    QTableView* table() const { return m_table; }
    QLineEdit* filter() const { return m_filter; }
    NoteEditor* editor() const { return m_editor; }
    NoteListModel* model() const { return m_model; }
    /// Chooses what is listed so and gives its text the keyboard.
    void write(const QString& identity);

signals:
    void placeChosen(const arcscope::NoteEntry& entry, const arcscope::FoundPlace& found);

private:
    std::vector<NoteEntry> chosen() const;
    void keepChoice();
    void restoreChoice();
    void showCurrent();
    void showCount();
    void go();
    void remove();
    void copy();
    void makeKeys();

    AppState& m_state;
    AnnotationCommands& m_commands;
    NoteListModel* m_model;
    QSortFilterProxyModel* m_proxy;
    QLineEdit* m_filter;
    QLabel* m_count;
    QTableView* m_table;
    NoteEditor* m_editor;
    EmptyState* m_empty;
    QStackedWidget* m_pages;
    QString m_chosen; ///< identity, while the list is made anew
    int m_chosenRow = 0;
};

} // namespace arcscope
