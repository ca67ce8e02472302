// What speaks for one finding: the quotes side by side, the facts, the rule and how often it is right; and what to do
// with it.
#pragma once

#include "findingmodel.h"
#include "stopwords.h"

#include <QWidget>

#include <functional>

class QBoxLayout;
class QLabel;
class QLineEdit;
class QScrollArea;
class QToolButton;

namespace arcscope
{

class EvidenceText;
class NoteEditor;
class QuoteView;

class EvidencePane : public QWidget
{
    Q_OBJECT

public:
    EvidencePane(AppState& state, FindingModel& model, QWidget* parent = nullptr);

    /// -1: none.
    void showRow(int row);
    /// Another finding of the entry that is shown.
    void showMember(std::uint32_t finding);
    /// What was said of what is shown may have changed.
    void showVerdict();
    /// The finding of the entry that is shown: the typical one, or another of the same cause.
    std::uint32_t finding() const;
    std::size_t member() const { return m_member; }
    /// Level and sentence of what is shown; empty for nothing.
    QString title() const;
    bool isEmpty() const { return m_entry < 0; }
    const std::vector<QuoteView*>& quotes() const { return m_quotes; }
    EvidenceText* details() const { return m_details; }
    NoteEditor* noteEditor() const { return m_note; }
    QLineEdit* reason() const { return m_reason; }

    /// Asks for the reason, in place; takes a dismissal back.
    void dismiss();
    void editNote();
    /// As Markdown, with its quotes.
    void copy();
    /// What the span of a place stopped for, from now on and as it is known now.
    void setStops(std::function<StopPair(Row)> stopOf);
    /// The report of what is shown.
    QString report() const;

signals:
    void confirmRequested();
    /// With an empty text too.
    void dismissRequested(const QString& reason);
    void reopenRequested();
    void noteEdited(const QString& text);
    void noteDrafted(const QString& key, const QString& text); ///< NoteEditor::drafted()
    void placeChosen(arcscope::Row row, std::uint32_t event);
    void memberChanged();
    void copied();
    void left(); ///< the keyboard goes back to the list

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void showStops();
    QWidget* makeHead();
    QWidget* makeButtons();
    QWidget* makeReason();
    void showFinding();
    void writeDetails();
    void step(int by);
    void endReason(bool dismissed);

    AppState& m_state;
    FindingModel& m_model;
    qint64 m_entry = -1;
    std::size_t m_member = 0;
    std::size_t m_traces = 0; ///< in which findings of the entry begin
    QLabel* m_level;
    QLabel* m_what;
    QWidget* m_steps;
    QLabel* m_which;
    QLabel* m_said;
    QToolButton* m_confirm;
    QToolButton* m_dismiss;
    QToolButton* m_addNote;
    QToolButton* m_copy;
    QWidget* m_ask;
    QLineEdit* m_reason;
    NoteEditor* m_note;
    QScrollArea* m_scroll;
    QBoxLayout* m_quoteRow;
    std::vector<QuoteView*> m_quotes; ///< made as needed, hidden where there are fewer places
    EvidenceText* m_details;
    std::function<StopPair(Row)> m_stopOf;
};

} // namespace arcscope
