// The window: what is open on the left, views in the middle, the inspector on the right, the ledger below, one bar on
// top.
#pragma once

#include "actionregistry.h"
#include "annotation.h"
#include "appstate.h"
#include "keybindings.h"
#include "latesttask.h"
#include "recentfiles.h"
#include "result.h"
#include "settings.h"
#include "textsize.h"
#include "viewstate.h"
#include "windowlayout.h"

#include <QMainWindow>

#include <optional>
#include <utility>
#include <vector>

class QDockWidget;
class QLabel;
class QMenu;
class QStackedWidget;
class QTabBar;
class QTabWidget;
class QToolBar;
class QToolButton;

namespace arcscope
{

class AnnotationCommands;
class ArcBook;
class ArcsView;
class AwaitedChoice;
class BriefLabel;
class CopyCommands;
class CorpusPanel;
class DashboardView;
class FilterBar;
class FindingBook;
class FindingsView;
class FollowControl;
class HelpWindow;
class Inspector;
class LedgerPanel;
class LensView;
class LinkBook;
class LoadBar;
class NoteCommands;
class NoteFileCommands;
class NotesPanel;
class NoticeBar;
class PriceCommands;
class ReplayView;
class SessionKeeper;
class ShareCommands;
class SpanCommands;
class SpanTreeView;
class StateGuide;
class StopBook;
class StopsView;
class StoryBar;
class StoryCommands;
class StoryPanel;
class StreamView;
class SystemColours;
class TimelineView;
class ToolsView;
class TourBar;
class ViewBar;
class WelcomePage;
struct FoundPlace;
struct NoteEntry;
struct TourStep;

class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// `samplePath`: the folder of the bundled sample; empty where it is not installed.
    /// `paths` are read while the window is built.
    explicit MainWindow(const QString& samplePath, const Settings& settings = {}, const QStringList& paths = {},
                        QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Of `arcscope:` links among them the last one is followed.
    void open(const QStringList& paths);
    /// A start without files: opens what was open at the last end, where `restore`, else offers the tour, once.
    void begin(bool restore);
    /// Follows what is being opened as soon as it is open; aligns its clocks by the estimates.
    void followNext();
    void alignNext() { m_alignNext = true; }
    AppState& state() { return *m_state; }
    const ActionRegistry& actions() const { return m_actions; }
    TimelineView* timeline() const { return m_timeline; }
    StreamView* stream() const { return m_stream; }
    ToolsView* tools() const { return m_tools; }
    FindingsView* findings() const { return m_findings; }
    StopsView* stops() const { return m_stops; }
    LensView* lenses() const { return m_lenses; }
    DashboardView* dashboard() const { return m_dashboard; }
    ArcsView* arcs() const { return m_arcs; }
    ReplayView* replay() const { return m_replay; }
    FilterBar* filterBar() const { return m_filterBar; }
    NoticeBar* notices() const { return m_notices; }
    NotesPanel* notesPanel() const { return m_notesPanel; }
    StoryPanel* storyPanel() const { return m_storyPanel; }
    StoryBar* storyBar() const { return m_storyBar; }
    void setAppearance(Appearance appearance);
    /// Goes where an `arcscope:` link leads, where its content is open; offers to open what was opened before.
    void followLink(const QString& link);
    NoteFileCommands* noteFiles() const { return m_noteFiles; }
    /// What the window shows, in words that links, stories and bundles keep.
    ViewState stateShown() const;

protected:
    bool event(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void keyPressEvent(QKeyEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void makeDocks(QWidget* notes);
    void makeActions();
    void makeFileActions();
    void makeViewActions();
    void makeLenses(QMenu* view);
    void makeReplay(QMenu* view);
    void makeLookActions(QMenu* view);
    void makeGoActions();
    void makeFindingActions(QMenu* go);
    void showPlace(Row row, std::uint32_t event);
    void stepFinding(int by);
    void makeButtons();
    QWidget* makeTop();
    void makeStatusBar();
    QWidget* makeNotes();
    void makeNoteActions();
    void connectLinks();
    QWidget* viewNamed(const std::string& name) const;
    PlacePart momentShown() const;
    void showNotes(QWidget* page);
    void makeChoice();
    void tellLacking(const QStringList& sentences);
    void goToNote(const NoteEntry& entry, const FoundPlace& found);
    void showState(const ViewState& state, Row row, const QStringList& missing);
    void offerDraft(const QString& where, const QString& text);
    void openAt(const QStringList& paths, const ViewState& state);
    void askForLink();
    void takeLinks(const QStringList& paths);
    void openFiles();
    void openFolder();
    void mapFile(const QString& path);
    void makeHelpActions();
    void nameTabs();
    void showHelp(); ///< of the part that has the keyboard
    void showSettings(bool keys);
    void showShortcuts();
    void showAbout();
    void startTour();
    std::vector<TourStep> tourSteps();
    void editClocks();
    void showOpenState();
    void showLedger();
    void rememberOpening();
    void showStatus();
    void focusNextPanel(int step);
    void setPanelShown(QDockWidget* panel, bool shown);
    bool stepBack();
    void makeRoom();
    void shareWidth(); ///< panels and views at their usual proportions
    std::pair<int, int> panelWidths() const;
    bool isSample(const QStringList& paths) const;
    QString titleOfState() const;
    QString titleOfView() const;
    QString chosenToDraw() const; ///< as `render --chosen` takes it; empty: nothing
    void makeSharing();
    QString nameOfView(const QWidget* view) const; ///< as `render` calls it; empty: it draws none like it

    Settings m_settings;
    TextSize m_textSize;
    SystemColours* m_systemColours;
    AppState* m_state;
    ActionRegistry m_actions;
    KeyBindings m_keyBindings;
    SpanCommands* m_spanCommands;
    NoteCommands* m_noteCommands;
    CopyCommands* m_copyCommands = nullptr;
    ShareCommands* m_shareCommands = nullptr;
    FollowControl* m_follow;
    RecentFiles m_recent;
    QString m_samplePath;
    WelcomePage* m_welcome;
    QStackedWidget* m_pages;
    QTabWidget* m_views;
    ViewBar* m_viewBar;
    TimelineView* m_timeline;
    ToolsView* m_tools;
    StreamView* m_stream;
    SpanTreeView* m_tree;
    FindingBook* m_findingBook;
    StopBook* m_stopBook;
    StopsView* m_stops;
    ArcBook* m_arcBook;
    ArcsView* m_arcs;
    FindingsView* m_findings;
    LensView* m_lenses = nullptr;
    DashboardView* m_dashboard = nullptr;
    ReplayView* m_replay = nullptr;
    CorpusPanel* m_corpus;
    Inspector* m_inspector;
    LedgerPanel* m_ledger;
    FilterBar* m_filterBar;
    QToolBar* m_topBar;
    LoadBar* m_loadBar;
    NoticeBar* m_notices;
    HelpWindow* m_help = nullptr; ///< made when it is first asked for
    TourBar* m_tour;
    SessionKeeper* m_session = nullptr; ///< when views and panels are there
    PriceCommands* m_priceCommands;
    AnnotationCommands* m_annotations = nullptr;
    StoryCommands* m_story = nullptr;
    NoteFileCommands* m_noteFiles = nullptr;
    StateGuide* m_guide = nullptr;
    LinkBook* m_links = nullptr;
    AwaitedChoice* m_choice = nullptr; ///< when all views are there
    QStringList m_lacking;             ///< of the state that was gone to last
    StoryBar* m_storyBar = nullptr;
    NotesPanel* m_notesPanel = nullptr;
    StoryPanel* m_storyPanel = nullptr;
    QWidget* m_noteTabs = nullptr; ///< bar and pages
    QTabBar* m_noteBar = nullptr;
    QStackedWidget* m_notePages = nullptr;
    QString m_linkToFollow;                                    ///< when what is being opened is there
    std::optional<std::pair<QStringList, ViewState>> m_openAt; ///< where a link leads in what is being opened
    std::pair<int, int> m_pressedWidths; ///< of the panels when the mouse was pressed between them
    QDockWidget* m_corpusDock;
    QDockWidget* m_inspectorDock;
    QDockWidget* m_ledgerDock;
    QDockWidget* m_notesDock = nullptr;
    BriefLabel* m_selectionStatus;
    BriefLabel* m_hoverStatus;
    QToolButton* m_ledgerStatus;
    QToolButton* m_clockStatus;
    bool m_alignNext = false;
    std::optional<bool> m_busy; ///< as the panels show it
    std::optional<unsigned> m_shownOpening;
    std::optional<WindowLayout> m_layout; ///< when the panels are in place
};

} // namespace arcscope
