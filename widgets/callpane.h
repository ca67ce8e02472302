// What the selected tool call was given and gave, and what changed against the call before it.
#pragma once

#include "appstate.h"
#include "calltexts.h"

#include <QWidget>

#include <functional>

class QPlainTextEdit;
class QTabWidget;
class QTreeWidget;

namespace arcscope
{

class BriefLabel;

class CallPane : public QWidget
{
    Q_OBJECT

public:
    enum Page { ArgumentsPage, ResultPage, ErrorPage, RawPage, ChangesPage };

    explicit CallPane(AppState& state, QWidget* parent = nullptr);

    /// Reads its texts on another thread. A null subject, or TreeCall::none: nothing.
    void setNode(const CallTreePtr& subject, std::uint32_t node);
    /// What is said of the span of a node; empty: nothing.
    void setRemarks(std::function<QString(std::uint32_t)> remarkOf) { m_remarkOf = std::move(remarkOf); }
    void writeTitle();         ///< again, with what is known by now
    void setBrief(bool brief); ///< the title is one line
    QTabWidget* tabs() const { return m_tabs; }
    QTreeWidget* changes() const { return m_changes; }
    const std::shared_ptr<const CallTexts>& texts() const { return m_texts; }
    /// All that is known of the node that is shown, for the clipboard.
    QString copyText() const;
    QString copyJson() const;
    QString copyChanges() const;

signals:
    void callChosen(std::uint32_t node); ///< one that it is compared with
    void copied();
    void shown(); ///< texts() are those of the node

private:
    QPlainTextEdit* addPage(const QString& title, const QString& name);
    void show(const std::shared_ptr<const CallTexts>& texts);
    void showChanges();
    void clear(const QString& why);

    QString details() const;

    AppState& m_state;
    std::function<QString(std::uint32_t)> m_remarkOf;
    CallTreePtr m_subject;
    std::uint32_t m_node = TreeCall::none;
    BriefLabel* m_title;
    QTabWidget* m_tabs;
    QPlainTextEdit* m_arguments;
    QPlainTextEdit* m_result;
    QPlainTextEdit* m_error;
    QPlainTextEdit* m_raw;
    QTreeWidget* m_changes;
    std::shared_ptr<const CallTexts> m_texts;
    LatestTask<std::shared_ptr<const CallTexts>> m_task;
};

} // namespace arcscope
