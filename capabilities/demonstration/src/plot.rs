//! How a story goes: who does what, and how long after.

use crate::scenario::{Scenario, Told};
use crate::step::{Deed, Ending, Step, Who};
use ticket::TicketAct;
use ticket::domain::{Channel, ClosedReason, ContactOutcome, Visibility, WaitingReason};

/// The steps of a story.
pub(crate) struct Plot<'s> {
    scenario: &'s Scenario,
    told: &'s Told,
    /// A number that varies the pace.
    pace: i64,
    channel: Channel,
    steps: Vec<Step>,
}

impl<'s> Plot<'s> {
    /// Writes the steps of a scenario that comes through a channel and ends in this way.
    pub(crate) fn write(
        scenario: &'s Scenario,
        told: &'s Told,
        channel: Channel,
        ending: Ending,
        pace: i64,
    ) -> Vec<Step> {
        let mut plot = Self {
            scenario,
            told,
            pace,
            channel,
            steps: Vec::new(),
        };
        plot.open();
        plot.go_on(ending);
        plot.steps
    }

    fn step(&mut self, after: i64, who: Who, deeds: Vec<Deed>) {
        let after = if self.steps.is_empty() {
            0
        } else {
            (after * self.pace / 100).max(1)
        };
        self.steps.push(Step { after, who, deeds });
    }

    /// A step whose time must not shrink.
    fn step_at_least(&mut self, after: i64, who: Who, deeds: Vec<Deed>) {
        self.steps.push(Step {
            after: after.max(after * self.pace / 100),
            who,
            deeds,
        });
    }

    fn open(&mut self) {
        let mut deeds = vec![Deed::Open];
        if self.scenario.file.is_some() && self.channel != Channel::Phone {
            deeds.push(Deed::AttachFile);
        }
        self.step(0, Who::Door, deeds);
    }

    fn go_on(&mut self, ending: Ending) {
        match ending {
            Ending::New => {}
            Ending::Taken => self.take(),
            Ending::AtWork => self.study(),
            Ending::BackOffice => self.pass(),
            Ending::Linked => self.hang(),
            Ending::Sent => self.send(),
            Ending::Accepted => self.accept(),
            Ending::Returned => self.give_back(),
            Ending::Waiting(reason) => self.wait(reason),
            Ending::Merged => self.step(
                12,
                Who::Desk,
                vec![
                    Deed::Take,
                    note("Stessa segnalazione già aperta poco prima: si unisce."),
                    Deed::Merge,
                ],
            ),
            Ending::Refused => self.refuse(),
            Ending::Withdrawn => self.withdraw(),
            Ending::Cancelled => self.cancel(),
            _ => self.solve_and_end(ending),
        }
    }

    fn solve_and_end(&mut self, ending: Ending) {
        match ending {
            Ending::Solved => self.solve(),
            Ending::Confirmed => self.confirm(),
            Ending::TechnicallyClosed => self.close_technically(false),
            Ending::ContactPending => self.close_technically(true),
            Ending::ConfirmedAfterSecond => self.confirm_after_second(),
            Ending::ConfirmedAfterParent => self.confirm_after_parent(),
            Ending::NoReply => self.no_reply(),
            Ending::Unreached => self.unreached(),
            Ending::UnderControl => self.contest(),
            Ending::Decided => self.decide(),
            Ending::Reopened => self.reopen(),
            _ => {}
        }
    }

    fn take(&mut self) {
        self.step(14, Who::Desk, vec![Deed::Take]);
    }

    /// Reads, registers, asks back and classifies.
    fn study(&mut self) {
        self.take();
        let reason = TicketAct::Register {
            reason: self.told.description.clone(),
        };
        let diagnosis = TicketAct::Diagnose {
            diagnosis: self.told.diagnosis.clone(),
        };
        if self.channel == Channel::Phone {
            let deeds = vec![
                Deed::Act(reason),
                Deed::Act(diagnosis),
                Deed::Classify,
                note(&self.told.note),
            ];
            self.step(6, Who::Desk, deeds);
            return;
        }
        self.step(18, Who::Desk, vec![Deed::Act(reason), say(&self.told.question)]);
        self.step(55, Who::Requester, vec![say(&self.told.answer)]);
        self.step(
            25,
            Who::Desk,
            vec![Deed::Act(diagnosis), Deed::Classify, note(&self.told.note)],
        );
    }

    fn pass(&mut self) {
        self.study();
        self.step(10, Who::Desk, vec![Deed::PassToBackOffice]);
        self.step(
            40,
            Who::BackOffice,
            vec![
                Deed::Act(TicketAct::Take),
                note("Preso in carico: rispondo in giornata."),
            ],
        );
    }

    fn hang(&mut self) {
        self.take();
        self.step(8, Who::Desk, vec![
            Deed::Act(TicketAct::Diagnose { diagnosis: self.told.diagnosis.clone() }),
            Deed::Classify,
            Deed::Hang,
            say("La segnalazione rientra in un disservizio già noto, su cui il II livello sta lavorando: la aggiorneremo appena risolto, senza bisogno di richiamare."),
        ]);
    }

    fn send(&mut self) {
        self.study();
        let told =
            say("La richiesta passa al gruppo specialistico. Il numero resta lo stesso: la terremo informata da qui.");
        self.step(20, Who::Desk, vec![told, Deed::Send]);
    }

    fn accept(&mut self) {
        self.send();
        self.step(70, Who::Second, vec![Deed::Accept]);
    }

    fn give_back(&mut self) {
        self.accept();
        self.step(130, Who::Second, vec![Deed::GiveBack]);
    }

    fn close_technically(&mut self, call: bool) {
        self.accept();
        let found = note("Causa individuata, intervento programmato per oggi.");
        self.step(90, Who::Second, vec![found]);
        self.step(180, Who::Second, vec![Deed::CloseTechnically { call }]);
    }

    fn confirm_after_second(&mut self) {
        let call = self.pace % 3 == 0;
        self.close_technically(call);
        if call {
            self.step(
                60,
                Who::Desk,
                vec![
                    Deed::Act(TicketAct::Call {
                        outcome: ContactOutcome::Reached,
                    }),
                    self.heard(),
                ],
            );
        } else {
            self.step(45, Who::Desk, vec![say(&self.told.solution)]);
            self.step(120, Who::Requester, vec![say(&self.told.thanks), self.heard()]);
        }
    }

    fn confirm_after_parent(&mut self) {
        self.hang();
        self.step_at_least(
            420,
            Who::Desk,
            vec![
                Deed::Unhang,
                Deed::Act(TicketAct::Solve {
                    solution:
                        "Il disservizio è risolto dalle 12:40: il servizio è di nuovo regolare per tutte le sedi."
                            .to_owned(),
                }),
            ],
        );
        self.step(90, Who::Requester, vec![self.heard()]);
    }

    fn solve(&mut self) {
        // Every third story passes through back office.
        if self.pace % 3 == 1 && self.channel != Channel::Phone {
            self.pass();
            self.step(
                60,
                Who::BackOffice,
                vec![Deed::Act(TicketAct::Solve {
                    solution: self.told.solution.clone(),
                })],
            );
        } else {
            self.study();
            self.step(
                30,
                Who::Desk,
                vec![Deed::Act(TicketAct::Solve {
                    solution: self.told.solution.clone(),
                })],
            );
        }
    }

    fn confirm(&mut self) {
        self.solve();
        if self.channel == Channel::Phone {
            self.step(3, Who::Desk, vec![self.heard()]);
        } else {
            self.step(150, Who::Requester, vec![say(&self.told.thanks), self.heard()]);
        }
    }

    fn heard(&self) -> Deed {
        Deed::Act(TicketAct::Hear {
            satisfied: true,
            class_right: true,
            note: None,
        })
    }

    fn no_reply(&mut self) {
        self.solve();
        let note =
            "Nessuna risposta nei cinque giorni: si chiude. La richiesta si può riaprire rispondendo al messaggio.";
        let close = TicketAct::Close {
            reason: ClosedReason::NoReply,
            note: Some(note.to_owned()),
        };
        self.step_at_least(5 * crate::hours::DAY + 20, Who::Desk, vec![Deed::Act(close)]);
    }

    fn unreached(&mut self) {
        self.close_technically(true);
        for _ in 0..3 {
            self.step_at_least(
                320,
                Who::Desk,
                vec![Deed::Act(TicketAct::Call {
                    outcome: ContactOutcome::NotReached,
                })],
            );
        }
        let note = "Tre tentativi in giorni diversi senza risposta: inviata la comunicazione di chiusura.";
        let close = TicketAct::Close {
            reason: ClosedReason::Unreached,
            note: Some(note.to_owned()),
        };
        self.step(15, Who::Desk, vec![Deed::Act(close)]);
    }

    fn contest(&mut self) {
        self.solve();
        let refuse = TicketAct::Hear {
            satisfied: false,
            class_right: true,
            note: Some(self.told.refusal.clone()),
        };
        self.step(200, Who::Requester, vec![say(&self.told.refusal), Deed::Act(refuse)]);
    }

    fn decide(&mut self) {
        self.contest();
        let note = "Verificata la lavorazione con il capogruppo: quanto richiesto non dipende dal servizio. Spiegato per telefono all’interessato, che ne prende atto.";
        self.step(
            240,
            Who::Control,
            vec![crate::plot::note("Riletta la conversazione e sentiti gli operatori.")],
        );
        let close = TicketAct::Close {
            reason: ClosedReason::Decided,
            note: Some(note.to_owned()),
        };
        self.step(120, Who::Control, vec![Deed::Act(close)]);
    }

    fn reopen(&mut self) {
        self.confirm();
        let reopen = TicketAct::Reopen {
            reason: self.told.refusal.clone(),
        };
        self.step(500, Who::Requester, vec![Deed::Act(reopen)]);
        self.step(
            40,
            Who::Control,
            vec![note(
                "Riaperta entro i termini: da rivedere con chi l’ha risolta la prima volta.",
            )],
        );
    }

    fn wait(&mut self, reason: WaitingReason) {
        self.study();
        let words = match reason {
            WaitingReason::Requester => {
                "Per proseguire ci serve la documentazione indicata: appena la riceviamo riprendiamo la lavorazione."
            }
            WaitingReason::Supplier => "Abbiamo interessato il fornitore: attendiamo la data dell’intervento.",
            WaitingReason::Change => {
                "La correzione fa parte dell’aggiornamento già programmato: la richiesta riprende dopo il rilascio."
            }
            WaitingReason::AgreedDate => "Come concordato per telefono, ci risentiamo nella data stabilita.",
        };
        let pause = TicketAct::Pause {
            reason,
            wake_at: None,
            note: Some(words.to_owned()),
        };
        self.step(25, Who::Desk, vec![say(words), Deed::Act(pause)]);
    }

    fn refuse(&mut self) {
        self.take();
        let note = "La richiesta riguarda un servizio che non è di competenza di questo sportello; indicato all’utente l’ufficio a cui rivolgersi.";
        let close = TicketAct::Close {
            reason: ClosedReason::Refused,
            note: Some(note.to_owned()),
        };
        self.step(20, Who::Desk, vec![say("Buongiorno, questo servizio è gestito dall’Ufficio Relazioni con il pubblico: Le abbiamo inviato i recapiti."), Deed::Act(close)]);
    }

    fn withdraw(&mut self) {
        self.take();
        self.step(20, Who::Desk, vec![say(&self.told.question)]);
        let close = TicketAct::Close {
            reason: ClosedReason::Withdrawn,
            note: Some("Risolto per conto mio.".to_owned()),
        };
        let words = "Nel frattempo ho risolto da me: potete chiudere. Grazie lo stesso.";
        self.step(80, Who::Requester, vec![say(words), Deed::Act(close)]);
    }

    fn cancel(&mut self) {
        self.take();
        let reason = "Messaggio automatico di assenza arrivato sulla casella: non è una richiesta.";
        self.step(
            9,
            Who::Desk,
            vec![Deed::Act(TicketAct::Cancel {
                reason: reason.to_owned(),
            })],
        );
    }
}

fn say(body: &str) -> Deed {
    Deed::Act(TicketAct::Say {
        visibility: Visibility::Public,
        body: body.to_owned(),
    })
}

fn note(body: &str) -> Deed {
    Deed::Act(TicketAct::Say {
        visibility: Visibility::Internal,
        body: body.to_owned(),
    })
}
