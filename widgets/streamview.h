// The stream tab: the picture of the selected span's stream, its playhead, and the text as it stood there.
#pragma once

#include "appstate.h"
#include "streamcanvas.h"
#include "streamsubject.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QSplitter;
class QTableView;
class QTreeView;
class QStackedWidget;
class QToolButton;

namespace arcscope
{

class BriefLabel;
class EmptyState;
class StreamComparison;
class StreamCorpusView;
class StreamFindingModel;
class StreamJsonModel;
class StreamText;
class StopBook;
class StopLabel;

class StreamView : public QWidget
{
    Q_OBJECT

public:
    explicit StreamView(AppState& state, QWidget* parent = nullptr);

    StreamCanvas* canvas() const { return m_canvas; }
    StreamText* text() const { return m_text; }
    QTreeView* jsonTree() const { return m_tree; }
    QTableView* findings() const { return m_findingTable; }
    StreamComparison* comparison() const { return m_comparison; }
    StreamCorpusView* corpus() const { return m_corpus; }
    StopLabel* stopLabel() const { return m_stop; }
    /// What spans stopped for, from now on; it lives as long.
    void setStops(const StopBook& stops);
    /// All streams are shown, in place of the one of the selected span.
    bool allShown() const { return m_allShown; }
    bool playing() const { return m_timer.isActive(); }

public slots:
    void togglePlay();
    /// Selects the next span that has a stream.
    void showNext();
    /// Moves the playhead to the finding behind it, or before it.
    void showFinding(bool forward);
    /// Keeps the stream that is shown above the next one, or lets it go.
    void setKept(bool kept);
    void setAllShown(bool shown);
    /// Shows the second stream with the first kept above it, on one playhead, as soon as both are read.
    void compare(arcscope::Row kept, arcscope::Row shown);
    /// Moves the playhead there as soon as the stream of that span is read: it is the selected one, or will be.
    void goToEvent(arcscope::Row row, std::uint32_t event);

signals:
    void hovered(const QString& text);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void rebuild();
    void showPage(int page);
    void showSubject(const std::shared_ptr<const StreamSubject>& subject);
    void shareHeight();
    void showEmpty();
    void showStop();
    void showPlace();
    void showJson(std::uint32_t event);
    QWidget* makeJson();
    void goToRow(int row);
    void goTo(std::uint32_t finding);
    void advance();
    QWidget* makeControls();
    QString nameOf(Row row) const;

    AppState& m_state;
    StreamCanvas* m_canvas;
    StreamText* m_text;
    StreamComparison* m_comparison;
    QSplitter* m_split;
    QSplitter* m_below; ///< text and JSON
    StreamJsonModel* m_json;
    StreamFindingModel* m_findings;
    QTableView* m_findingTable;
    QTreeView* m_tree = nullptr;
    BriefLabel* m_jsonTitle = nullptr;
    EmptyState* m_empty;
    QStackedWidget* m_pages;
    StreamCorpusView* m_corpus;
    QToolButton* m_play;
    QToolButton* m_keep;
    QComboBox* m_speed;
    QLabel* m_where;
    Row m_toKeep = noRow; ///< is kept when it is shown; then the next one is
    Row m_toCompare = noRow;
    BriefLabel* m_summary;
    const StopBook* m_stops = nullptr;
    StopLabel* m_stop;
    QCheckBox* m_withdrawn;
    std::shared_ptr<const StreamSubject> m_subject;
    std::pair<unsigned, Row> m_asked{0, noRow};             ///< revision and row that m_subject is or will be of
    std::pair<Row, std::uint32_t> m_wanted{noRow, noEvent}; ///< where the playhead goes when it is read
    LatestTask<std::shared_ptr<const StreamSubject>> m_task;
    QTimer m_timer;
    QElapsedTimer m_since;
    unsigned m_opening = 0;
    int m_page = 0; ///< of one stream
    bool m_allShown = false;
    bool m_moved = false; ///< the user moved the edge between picture and text
    double m_from = 0;    ///< place in nanoseconds when playing began
};

} // namespace arcscope
