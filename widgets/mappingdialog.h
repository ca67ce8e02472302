// "Map this file": what its fields mean, what spans that gives, and the name under which the mapping is kept.
#pragma once

#include "mappingeditor.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace arcscope
{

/// Accepted: the mapping is saved, and the file can be opened.
class MappingDialog : public QDialog
{
    Q_OBJECT

public:
    explicit MappingDialog(const QString& path, QWidget* parent = nullptr);

    MappingEditor& editor() { return m_editor; }
    QTableView* fields() const { return m_fields; }
    QTableView* spans() const { return m_spans; }
    QLineEdit* name() const { return m_name; }
    QPushButton* saveButton() const { return m_save; }

    void accept() override;
    /// Asks where something was changed.
    void reject() override;

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeChoices();
    QWidget* makeResult();
    /// A path of records as people read it.
    static QString recordTitle(const QString& path);
    static void fill(QComboBox& box, const QStringList& choices, int chosen);
    void showState();
    void setColours();

    MappingEditor m_editor;
    QComboBox* m_records;
    QComboBox* m_kind;
    QTableView* m_fields;
    QTableView* m_spans;
    QLabel* m_summary;
    QLabel* m_notes;
    QLabel* m_problem;
    QLineEdit* m_name;
    QLabel* m_replaces;
    QPushButton* m_save;
    bool m_touched = false; ///< by the user
};

} // namespace arcscope
