// The list of everything that people wrote about what is open, with a field to narrow it down and an editor.
#pragma once

#include "noteentry.h"
#include "notelistmodel.h"

#include <QWidget>

#include <optional>

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
    /// The same for what is kept, and listed, as soon as it has a text.
    void write(const Annotation& made, const QString& about);

signals:
    void placeChosen(const arcscope::NoteEntry& entry, const arcscope::FoundPlace& found);

private:
    std::vector<NoteEntry> chosen() const;
    void keepChoice();
    void restoreChoice();
    void showCurrent();
    void showCount();
    bool choose(const QString& identity);
    void take(const QString& identity, const QString& text);
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
    struct Made {
        Annotation annotation;
        QString about;
        QString where; ///< its text is being written
    };
    std::optional<Made> m_made; ///< and not kept yet
    QString m_chosen;           ///< identity, while the list is made anew
    int m_chosenRow = 0;
};

} // namespace arcscope
