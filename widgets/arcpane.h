// The chosen arc: enlarged, its steps with what shows each, and the stitches that are proposed for it.
#pragma once

#include "appstate.h"
#include "arceventmodel.h"
#include "arcribbon.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QSplitter;
class QTableView;
class QTabWidget;
class QToolButton;
class QVBoxLayout;

namespace arcscope
{

class ArcCanvas;
class BriefLabel;
class EvidenceText;

class ArcPane : public QWidget
{
    Q_OBJECT

public:
    explicit ArcPane(AppState& state, QWidget* parent = nullptr);

    /// Null: nothing. The step that is looked at stays so in the same arc.
    void showArc(const ArcsPtr& of, std::uint32_t arc);
    /// What was said, where nothing is open that it could be read from.
    void showReading(const ArcReadingPtr& reading);
    bool isEmpty() const;
    ArcCanvas* canvas() const { return m_canvas; }
    QTableView* steps() const { return m_steps; }
    ArcEventModel* model() const { return m_model; }
    QComboBox* scales() const { return m_scales; }
    EvidenceText* text() const { return m_text; }
    QToolButton* goButton() const { return m_go; }
    /// The buttons of a stitch by its place in the list; null: it is not there.
    QToolButton* acceptButton(std::size_t place) const;
    QToolButton* rejectButton(std::size_t place) const;
    QTabWidget* tabs() const { return m_tabs; }
    /// Height that it needs to be of use.
    int leastHeight() const;

signals:
    void goRequested(arcscope::Row row); ///< of the arcs that are shown
    void stitchDecided(const arcscope::ArcStitch& stitch, bool accepted);
    void otherRequested(std::uint32_t arc); ///< to be looked at
    void hovered(const QString& text);
    void left(); ///< back to the list

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeEvidence();
    void makeKeys();
    void listStitches();
    void addStitch(const ArcStitch& stitch);
    void read();
    void chooseRow(int row);
    void write();
    void goToStep();
    void showTitle();
    void shareRoom();

    AppState& m_state;
    ArcEventModel* m_model;
    ArcCanvas* m_canvas;
    QLabel* m_title;
    QLabel* m_outcome;
    QComboBox* m_scales;
    QTableView* m_steps;
    BriefLabel* m_known;
    EvidenceText* m_text;
    QToolButton* m_go;
    QTabWidget* m_tabs;
    QWidget* m_stitches;
    QVBoxLayout* m_stitchColumn;
    struct StitchButtons {
        QToolButton* accept;
        QToolButton* reject;
    };
    std::vector<StitchButtons> m_stitchButtons;
    QSplitter* m_split;
    bool m_choosing = false;
    bool m_moved = false; ///< the user moved the edge
    LatestTask<ArcReadingPtr> m_task;
};

} // namespace arcscope
