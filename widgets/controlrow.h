// ControlRow: the controls above a view, in one row where there is room and in more where there is not.
#pragma once

#include <QLayout>

#include <memory>
#include <vector>

class QLabel;

namespace arcscope
{

/// Every control keeps the width it asks for; the view below may be as narrow as the widest of them. Rows begin at the
/// side where reading begins.
class ControlRow : public QLayout
{
public:
    explicit ControlRow(QWidget* parent = nullptr);
    ~ControlRow() override;

    /// Shown before the control, whose buddy it becomes, and never parted from it.
    void addLabelled(QLabel* label, QWidget* control);
    /// What is added next goes to the far end of its row.
    void addGap() { m_gap = true; }

    void addItem(QLayoutItem* item) override;
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    struct Item {
        std::unique_ptr<QLayoutItem> item;
        bool gap = false;   ///< free room of its row comes before it
        bool bound = false; ///< stays beside the one before it
    };
    struct Placed {
        QLayoutItem* item;
        QRect at; ///< as if reading went from left to right, from 0,0
        int row;
        bool gap;
    };

    std::vector<Placed> placed(int width) const;

    std::vector<Item> m_items;
    bool m_gap = false;
    bool m_bound = false;
};

} // namespace arcscope
