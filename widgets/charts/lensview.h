// The lenses tab: choose a question about the corpus, see its chart and table, and the spans behind every value.
#pragma once

#include "appstate.h"
#include "filterwait.h"
#include "lensdifference.h"

#include <QHash>
#include <QWidget>

class QLabel;
class QListWidget;
class QSplitter;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace arcscope
{

class ArcBook;
class ControlRow;
class EmptyState;
class LensPane;
class SpanRowModel;

class LensView : public QWidget
{
    Q_OBJECT

public:
    LensView(AppState& state, ArcBook& book, QWidget* parent = nullptr);
    ~LensView() override;

    QListWidget* list() const { return m_list; }
    LensPane* pane() const { return m_pane; }
    /// What sets apart what a box was drawn around; in place of the lens until one goes back.
    LensPane* difference() const { return m_difference; }
    bool showsDifference() const;
    QToolButton* backButton() const { return m_back; }
    QToolButton* differsButton() const { return m_differs; }
    QTableView* spans() const { return m_spanTable; }
    SpanRowModel* spanModel() const { return m_spans; }
    /// Chooses a lens by its name; false: there is none.
    bool choose(std::string_view name);
    QString chosenName() const; ///< empty: none
    /// As if the lens of it had been run; for a picture without a window.
    void setAnswer(const LensAnswerPtr& answer);

signals:
    void spanChosen(arcscope::Row row);
    void hovered(const QString& text);
    void said(const QString& message);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeSide();
    QWidget* makeBody();
    QWidget* makeDifference();
    const Lens* chosen() const;
    void fillParameters();
    void look();
    void run();
    void openFile();
    void listSpans(const std::vector<Row>& spans, const QString& what);
    void compare(const std::vector<Row>& spans, const QString& what);
    void showLens();
    ArcsPtr arcs() const;
    void showProgress();
    void sayEmpty();

    AppState& m_state;
    ArcBook& m_book;
    LensRunner m_runner;
    QListWidget* m_list;
    QLabel* m_question;
    ControlRow* m_parameters;
    LensPane* m_pane;
    LensPane* m_difference;
    QToolButton* m_back;
    QLabel* m_compared; ///< what the difference is of
    QStackedWidget* m_sides;
    SpanRowModel* m_spans;
    QTableView* m_spanTable;
    QLabel* m_spanTitle;
    QToolButton* m_differs;
    QSplitter* m_split;
    FilterWait m_filterWait;
    EmptyState* m_empty;
    QStackedWidget* m_pages;
    QHash<const Lens*, LensValues> m_values; ///< that the user set
    QString m_file;                          ///< that the user opened for the lens
    LensAnswerPtr m_answer;                  ///< null: nothing was answered yet
    QString m_asked;                         ///< of what, for which state and filter
    std::vector<Row> m_listed;               ///< spans of the value or box that was chosen last
    LatestTask<LensAnswerPtr> m_comparing;
};

} // namespace arcscope
