// The inspector on the right: everything that is known of the selected span.
#pragma once

#include "annotation.h"
#include "attributemodel.h"
#include "spaninspection.h"

#include <QTabWidget>

#include <optional>
#include <utility>

class QCheckBox;
class QLabel;
class QPlainTextEdit;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;
class QTextBrowser;

namespace arcscope
{

class EmptyState;
class NoteCommands;
class NoteEditor;
class StopBook;
class StopLabel;

class Inspector : public QWidget
{
    Q_OBJECT

public:
    Inspector(AppState& state, NoteCommands& notes, QWidget* parent = nullptr);

    QTabWidget* tabs() const { return m_tabs; }
    StopLabel* stopLabel() const { return m_stop; }
    /// What spans stopped for, from now on; it lives as long.
    void setStops(const StopBook& stops);
    /// The user marked something in the raw record; the bytes that it is, where they can be told.
    bool hasMarkedText() const;
    std::optional<PlacePart> markedBytes() const;
    /// Shows the raw record with these bytes marked, as soon as it is read.
    void showBytes(Row row, const PlacePart& part);

signals:
    void left(); ///< done with a note: the focus goes back to the view

protected:
    void changeEvent(QEvent* event) override;

private:
    void showSpan();
    void showGrown(std::shared_ptr<SpanInspection> inspection);
    void showInspection(std::shared_ptr<SpanInspection> inspection);
    void showMessages();
    void markBytes();
    void showNotes();
    void showStop();
    std::vector<Attribute> summary() const;
    void editNote(const QString& place);
    QWidget* makeMessagesPage();
    QWidget* makeAttributesPage();

    AppState& m_state;
    NoteCommands& m_notes;
    NoteEditor* m_traceNote;
    NoteEditor* m_spanNote;
    const StopBook* m_stops = nullptr;
    StopLabel* m_stop;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QTabWidget* m_tabs;
    AttributeModel* m_summary;
    AttributeModel* m_usage;
    AttributeModel* m_attributes;
    QSortFilterProxyModel* m_attributeProxy;
    QCheckBox* m_wholeHistory;
    QTextBrowser* m_messages;
    QTextBrowser* m_tool;
    QPlainTextEdit* m_raw;
    std::pair<Row, PlacePart> m_toMark{noRow, {}};
    std::shared_ptr<SpanInspection> m_inspection;
    LatestTask<std::shared_ptr<SpanInspection>> m_task;
};

} // namespace arcscope
