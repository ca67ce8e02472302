// ShareDialog: lets something leave: in what form, of what, and what is taken out of it, with a preview of that.
#pragma once

#include "redactionmodel.h"
#include "sharechoice.h"

#include <QDialog>
#include <QTimer>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProcess;
class QPushButton;
class QTableView;
class QTemporaryFile;

namespace arcscope
{

/// Preview and writing are done by the program's own commands, in a process of their own: the window is never waited
/// for, and what leaves is what the command line would write.
class ShareDialog : public QDialog
{
    Q_OBJECT

public:
    /// `now`: what the window shows. `program`: what is run; empty: this one.
    explicit ShareDialog(const ShareChoice& now, const QString& program = {}, QWidget* parent = nullptr);
    ~ShareDialog() override;

    /// What the user chose; without a target.
    ShareChoice choice() const;
    /// Writes it to a file, whose ending says how.
    void write(const QString& target);
    const RedactionModel& preview() const { return *m_preview; }

signals:
    /// A picture as it is on the screen, because nothing is to be taken out of it.
    void pictureAsked(const arcscope::ShareChoice& choice);
    void written(const QString& target);

private:
    QWidget* makeWhat();
    QWidget* makeRules();
    QWidget* makePreview();
    void showChoice();
    void lookLater();
    void look();
    void showPreview();
    void askTarget();
    void showWritten(const QString& target);
    void copyCommand();
    QProcess* started(QProcess* before, const QStringList& arguments);

    ShareChoice m_now;
    QString m_program;
    RedactionModel* m_preview;
    QComboBox* m_form;
    QComboBox* m_scope;
    QComboBox* m_scale;
    QCheckBox* m_redacts;
    QLineEdit* m_texts;
    QLineEdit* m_subjects;
    QLineEdit* m_fields;
    QLineEdit* m_tags;
    QLineEdit* m_where;
    QCheckBox* m_values;
    QLabel* m_summary;
    QLabel* m_places;
    QLabel* m_problem;
    QTableView* m_table;
    QPushButton* m_write;
    QProcess* m_looking = nullptr; ///< the last preview
    QProcess* m_writing = nullptr;
    QTimer m_later;
    QTemporaryFile* m_state = nullptr; ///< what a bundle opens in, while it is written
};

} // namespace arcscope
