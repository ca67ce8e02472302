// A note, as the inspector and the panels show it: there where something is written or wanted, else out of the way.
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace arcscope
{

/// What is written is handed on when the keyboard leaves, with Ctrl+Return, or when another place is shown; Esc takes
/// it back, and who opens the editor there again finds it marked: the next key writes over it.
class NoteEditor : public QWidget
{
    Q_OBJECT

public:
    explicit NoteEditor(const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// Also shown at a place where nothing is written yet.
    void setLasting() { m_lasting = true; }
    /// Shows the note of a place; an empty place shows nothing. What is being written there stays.
    void showNote(const QString& place, const QString& text);
    /// Opens the editor, also where nothing is written yet.
    void edit();
    QString place() const { return m_place; }
    /// Hands in what is written.
    void commit();

signals:
    void edited(const QString& place, const QString& text);
    /// What is being written, a second behind at most; empty: it was handed on, or taken back.
    void drafted(const QString& place, const QString& text);
    void left(); ///< done by key: the focus goes back to the view

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool isTyped() const;
    void showIfNeeded();
    void showText();
    void takeBack();
    void keepDraft();
    void endDraft(const QString& place);

    QString m_place;
    QString m_text;        ///< as kept
    QString m_takenBackAt; ///< the place of what was taken back last
    QString m_takenBack;
    QLabel* m_title;
    QPlainTextEdit* m_edit;
    QToolButton* m_delete;
    QTimer m_draft;
    bool m_drafted = false;
    bool m_lasting = false;
};

} // namespace arcscope
