// Which runs are held against which: a field that tells them apart, the base, the candidates.
#pragma once

#include "replayfields.h"

#include <QWidget>

#include <vector>

class QAction;
class QComboBox;
class QMenu;
class QToolButton;

namespace arcscope
{

class ReplayPairingButton;

class ReplaySetup : public QWidget
{
    Q_OBJECT

public:
    explicit ReplaySetup(QWidget* parent = nullptr);

    /// What is compared now, else `likely` as a proposal.
    void show(const ReplayFields& fields, const ReplaySides& compared, const ReplaySides& likely);
    ReplaySides chosen() const;
    void swap(); ///< base and first candidate

    QComboBox* fieldBox() const { return m_field; }
    QComboBox* baseBox() const { return m_base; }
    QToolButton* candidateButton() const { return m_candidates; }
    QToolButton* compareButton() const { return m_compare; }
    ReplayPairingButton* pairing() const { return m_pairing; }
    const std::vector<QAction*>& candidateActions() const { return m_actions; }

signals:
    void compareRequested(const arcscope::ReplaySides& sides);

private:
    void listValues(const std::string& base, const std::vector<std::string>& candidates);
    void listCandidates(const std::vector<std::string>& candidates);
    void showCandidates();

    ReplayFields m_fields;
    ReplaySides m_compared;
    QComboBox* m_field;
    QComboBox* m_base;
    QToolButton* m_candidates;
    QMenu* m_menu;
    QToolButton* m_swap;
    QToolButton* m_compare;
    ReplayPairingButton* m_pairing;
    std::vector<QAction*> m_actions;
    bool m_filling = false;
};

} // namespace arcscope
