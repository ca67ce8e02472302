// The table of rules: what each fires for, what it leaves alone, and how often it was right.
#pragma once

#include <QTableWidget>

namespace arcscope
{

/// A row for each rule of every detector. Texts wrap, and no cell is cut off, however narrow the table is.
class FindingRules : public QTableWidget
{
    Q_OBJECT

public:
    explicit FindingRules(QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void fit();
};

} // namespace arcscope
