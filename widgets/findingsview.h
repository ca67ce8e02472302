// The findings tab: all findings ranked, what speaks for the one that is chosen, and what was said of it.
#pragma once

#include "filterwait.h"
#include "findingmodel.h"

#include <QWidget>

#include <string>
#include <string_view>

class QCheckBox;
class QComboBox;
class QLabel;
class QSplitter;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace arcscope
{

class BriefLabel;
class EmptyState;
class EvidencePane;
class NoteCommands;
class StopBook;

class FindingsView : public QWidget
{
    Q_OBJECT

public:
    FindingsView(AppState& state, FindingBook& book, NoteCommands& commands, QWidget* parent = nullptr);

    /// What spans stopped for, from now on; it lives as long.
    void setStops(const StopBook& stops);
    QTableView* table() const { return m_table; }
    EvidencePane* evidence() const { return m_pane; }
    FindingModel* model() const { return m_model; }
    QComboBox* levels() const { return m_levels; }
    QComboBox* rules() const { return m_rules; }
    QComboBox* verdicts() const { return m_verdicts; }
    /// Shows the table of rules in place of the list.
    QToolButton* rulesButton() const { return m_showRules; }

    /// The finding that is looked at, as FoundFindings::nameOf() has it; empty: none.
    std::string chosenName() const;
    enum class Choosing : std::uint8_t { Chosen, FilteredAway, NotThere };
    /// The finding of that name (FoundFindings::find()): lists what is hidden by level, rule, verdict or trace where it
    /// takes that. It stays chosen while more is found.
    Choosing chooseFinding(std::string_view name);

    /// What a timeline marks, with a sentence for each.
    struct Marks {
        std::vector<TimelineFinding> places;
        std::vector<QString> texts;
    };
    Marks marks() const;
    /// Which of the marks is the finding that is chosen.
    std::optional<std::uint32_t> chosenMark() const;
    void chooseMark(std::uint32_t mark);

public slots:
    /// Chooses the finding before or behind, and goes to its place where this tab is not looked at.
    void step(int by);
    /// Shows the place of what is chosen.
    void goToPlace();
    void confirm();
    void dismiss();
    void writeNote();
    /// Everything that narrows the list down goes, the window's filter too.
    void clearFilter();

signals:
    /// `event` is noEvent where the place is not in a stream.
    void placeChosen(arcscope::Row row, std::uint32_t event);
    void openCountChanged(std::size_t count);
    void marksChanged();               ///< marks() gives others
    void chosenChanged();              ///< chosenMark() gives another
    void said(const QString& message); ///< for the status bar

private:
    /// What the choice of verdicts offers.
    enum Shown { NotDismissed, OpenOnly, ConfirmedOnly, DismissedOnly, AnyVerdict };

    QWidget* makeControls();
    QWidget* makeStatus();
    QWidget* makeRules();
    void makeKeys();
    void setUpColumns();
    void choose();
    void showArranged();
    void showCurrent();
    void showState();
    void showProgress();
    void saySearch();
    void listRules();
    void markAgain();
    void keepMember();
    void selectRow(int row);
    int currentRow() const;
    QString countsText() const;
    void say(FindingVerdict verdict, const QString& reason, const QString& about);

    AppState& m_state;
    FindingBook& m_book;
    NoteCommands& m_commands;
    FindingModel* m_model;
    QTableView* m_table;
    EvidencePane* m_pane;
    QSplitter* m_split;
    QComboBox* m_levels;
    QComboBox* m_rules;
    QComboBox* m_verdicts;
    QCheckBox* m_traceOnly;
    QToolButton* m_showRules;
    QWidget* m_controls;
    QWidget* m_status;
    BriefLabel* m_counts;
    BriefLabel* m_progress;
    QToolButton* m_cancel;
    FilterWait m_filterWait;
    EmptyState* m_empty;
    QWidget* m_none; ///< all rules: what was looked for
    EmptyState* m_noneText;
    QStackedWidget* m_pages;
    std::vector<MarkedFinding> m_marked;
    QString m_chosen;      ///< identity of the entry
    std::string m_member;  ///< the finding of it that was chosen, chosenName(); empty: the typical one
    int m_chosenRow = -1;  ///< where it was
    bool m_byUser = false; ///< m_chosen is what the user chose: it stays while more is found
    bool m_arranging = false;
};

} // namespace arcscope
