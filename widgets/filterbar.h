// The bar on top: filter, full text and (with ">") the commands, checked while typing.
#pragma once

#include "actionregistry.h"
#include "appstate.h"

#include <QLineEdit>
#include <QPointer>
#include <QWidget>

class QCompleter;
class QHBoxLayout;
class QLabel;
class QStringListModel;

namespace arcscope
{

class FilterBar : public QWidget
{
    Q_OBJECT

public:
    FilterBar(AppState& state, const ActionRegistry& actions, QWidget* parent = nullptr);

    QLineEdit* edit() const { return m_edit; }
    void focusFilter();
    void openPalette();
    /// A button for the command, left of the field.
    void addButton(QAction* action);
    /// The filters that Up and Down lead to, newest last.
    void setHistory(const QStringList& filters);

signals:
    void historyChanged(const QStringList& filters);
    void
    left(); ///< by a command, or Esc with nothing to take back, and nobody had the keyboard before: the view gets it

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool isPalette() const { return m_edit->text().startsWith(QLatin1Char('>')); }
    void takeKeyboard();
    void giveKeyboardBack();
    void escape();
    void check();
    void apply();
    void runCommand(const QString& chosen);
    void showChips();
    void showState();
    void updateCompletions();

    AppState& m_state;
    const ActionRegistry& m_actions;
    QString m_shownFilter; ///< of the state, as last taken over
    QLineEdit* m_edit;
    QPointer<QWidget> m_from; ///< had the keyboard before a key led here
    QHBoxLayout* m_row;
    QLabel* m_message;
    QWidget* m_chips;
    QHBoxLayout* m_chipRow;
    QStringListModel* m_words;
    QCompleter* m_completer;
    QStringList m_history;
    qsizetype m_historyAt = 0;
};

} // namespace arcscope
