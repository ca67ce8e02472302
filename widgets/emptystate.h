// What a view says while it has nothing to show: a sentence, and what to do about it.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace arcscope
{

class EmptyState : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget* parent = nullptr);

    /// No action text: no button.
    void say(const QString& title, const QString& hint, const QString& actionText = {}, const QString& secondText = {});
    /// The first button that is there; null: none.
    QWidget* keyboardPart() const;

signals:
    void actionRequested();
    void secondRequested();

private:
    QLabel* m_title;
    QLabel* m_hint;
    QPushButton* m_button;
    QPushButton* m_second;
};

/// The part of a view that has the keyboard when the view has it; null: none, as what is hidden cannot have it. Moves
/// the keyboard along where it is in the view.
void giveKeyboardTo(QWidget* part, QWidget& view);

} // namespace arcscope
