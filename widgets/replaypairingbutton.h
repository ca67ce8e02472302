// How runs are paired, and what a person says belongs together: a button with a menu.
#pragma once

#include <QToolButton>

#include <array>
#include <string>

class QAction;
class QLineEdit;
class QMenu;

namespace arcscope
{

class ReplayPairingButton : public QToolButton
{
    Q_OBJECT

public:
    explicit ReplayPairingButton(QWidget* parent = nullptr);

    /// As ReplaySides::key.
    void setKey(const std::string& key);
    const std::string& key() const { return m_key; }

    /// "task", "input", "file"; empty: by what there is.
    QAction* keyAction(const std::string& key) const;
    QLineEdit* expression() const { return m_expression; }
    QAction* pairAction() const { return m_pair; }           ///< two tasks that are selected
    QAction* partAction() const { return m_part; }           ///< what a person paired
    QAction* alignAction() const { return m_align; }         ///< two steps
    QAction* partStepsAction() const { return m_partSteps; } ///< what a person aligned

signals:
    void keyChosen(); ///< by the user

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void choose(const std::string& key);

    QMenu* m_menu;
    std::array<QAction*, 4> m_keys{};
    QLineEdit* m_expression;
    QAction* m_pair;
    QAction* m_part;
    QAction* m_align;
    QAction* m_partSteps;
    std::string m_key;
};

} // namespace arcscope
