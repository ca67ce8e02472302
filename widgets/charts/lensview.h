// The lenses tab: choose a question about the corpus, see its chart and table, and the spans behind every value.
#pragma once

#include "appstate.h"
#include "lensrunner.h"

#include <QHash>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QListWidget;
class QSplitter;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace arcscope
{

class EmptyState;
class LensPane;
class SpanRowModel;

class LensView : public QWidget
{
    Q_OBJECT

public:
    explicit LensView(AppState& state, QWidget* parent = nullptr);
    ~LensView() override;

    QListWidget* list() const { return m_list; }
    LensPane* pane() const { return m_pane; }
    QTableView* spans() const { return m_spanTable; }
    SpanRowModel* spanModel() const { return m_spans; }
    /// Chooses a lens by its name; false: there is none.
    bool choose(std::string_view name);
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
    const Lens* chosen() const;
    void fillParameters();
    void look();
    void run();
    void openFile();
    void listSpans(const std::vector<Row>& spans, const QString& what);
    void showProgress();
    void sayEmpty();

    AppState& m_state;
    LensRunner m_runner;
    QListWidget* m_list;
    QLabel* m_question;
    QHBoxLayout* m_parameters;
    LensPane* m_pane;
    SpanRowModel* m_spans;
    QTableView* m_spanTable;
    QLabel* m_spanTitle;
    QSplitter* m_split;
    EmptyState* m_empty;
    QStackedWidget* m_pages;
    QHash<const Lens*, LensValues> m_values; ///< that the user set
    QString m_file;                          ///< that the user opened for the lens
    LensAnswerPtr m_answer;                  ///< null: nothing was answered yet
    QString m_asked;                         ///< of what, for which state and filter
};

} // namespace arcscope
