//! The counter: what screens may ask of the office, and the thread on which the office works.
//!
//! There are two seats. The second is for the colleague who confirms on the spot; each seat has its own session, its
//! own keys and its own rows in the log.
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender};
use std::thread::JoinHandle;

use crate::domain::incident::Warning;
use crate::domain::sensitive::Secret;
use crate::form::{Bilingual, Catalog};
use crate::japanese::gazetteer::Gazetteer;
use crate::office::ops::{self, SignOut};
use crate::office::{
    Credentials, Enrolment, Face, Founder, Office, PaperSlip, Reason, Session, SetUp, SignedIn,
};
use crate::tui::app::{Ending, Incoming};
use crate::tui::screen::{Port, Ticket};

/// The words of this product between screens and office.
pub struct Counter;

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    Main,
    /// A colleague beside the main one, for one confirmation.
    Second,
    /// Whoever is called after two misses, for one decision.
    Supervisor,
}

/// Work for the office thread.
pub enum Request {
    BeginSetUp,
    FinishSetUp {
        set_up: Box<SetUp>,
        office_name: String,
        founders: Vec<Founder>,
    },
    SignIn {
        seat: Seat,
        credentials: Credentials,
    },
    FinishEnrolment {
        seat: Seat,
        enrolment: Box<Enrolment>,
        password: Secret,
        code: Secret,
    },
    Perform {
        seat: Seat,
        request: Box<ops::Request>,
    },
    /// Reads the whole log, tells how far it is, and can be broken off.
    VerifyLog {
        request: ops::VerifyLog,
        breaker: Breaker,
    },
    /// The forms and the places, which are nobody's secret. Asked for by screens after their first frame.
    Forms,
    /// Ends the session of a seat: signing out, locking, a colleague leaving.
    Leave {
        seat: Seat,
    },
}

/// Breaks a long work off, from the panel that asked for it.
#[derive(Clone, Debug, Default)]
pub struct Breaker(Arc<AtomicBool>);

impl Breaker {
    pub fn break_off(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_broken_off(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn flow(&self) -> ControlFlow<()> {
        if self.is_broken_off() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// The answer to a request.
pub enum Reply {
    SetUpBegun(Result<Box<SetUp>, Reason>),
    /// On a refusal the set-up comes back: nothing typed is lost.
    /// With the first slip of the log.
    SetUpFinished(Result<PaperSlip, (Box<SetUp>, Reason)>),
    SignedIn(Result<Arrival, Reason>),
    Enrolled(Result<Box<Face>, (Box<Enrolment>, Reason)>),
    Performed(Box<ops::Reply>),
    Forms(Arc<Catalog>, Arc<Gazetteer>),
    /// Nobody is signed in at that seat (any more).
    NobodyThere,
    Left,
}

/// Who came in.
pub enum Arrival {
    In(Box<Face>),
    MustEnrol(Box<Enrolment>),
}

/// What is told while a work goes on.
#[derive(Clone, Copy, Debug)]
pub enum News {
    /// So many rows of the log are checked.
    RowsChecked(u64),
}

/// Nobody reads more than some news a second, and each is drawn.
const ROWS_PER_NEWS: u64 = 1 << 15;

/// What came of naming the disease a second time.
pub enum NamedDisease {
    Same,
    /// By this name.
    Other(Bilingual),
}

/// What one screen hands to the screen below when it closes.
pub enum Value {
    /// Look again: something below has changed.
    Changed,
    /// The same, and this has to be said.
    ChangedAnd(String),
    /// A record was registered just now; this is what it takes to undo it.
    Registered(ops::Registered),
    /// The id of the form that was picked.
    Form(String),
    Destination(crate::domain::ids::DestinationId),
    /// What the paper says, for items (by index) that were keyed twice.
    KeyedTwice(Vec<(usize, crate::form::Value)>),
    /// What the paper says about the disease, named twice.
    DiseaseNamed(NamedDisease),
    /// What to look for in the access log.
    LogQuery(Box<ops::LogQuery>),
    /// The people that were shown, with what was decided about them.
    Similar(Vec<ops::SimilarPerson>),
    /// The week that was chosen for review.
    Week(crate::domain::week::Week),
}

impl Port for Counter {
    type Request = Request;
    type Reply = Reply;
    type News = News;
    type Value = Value;
}

/// A request of an operation at the main seat.
pub fn perform(request: impl Into<ops::Request>) -> Request {
    Request::Perform { seat: Seat::Main, request: Box::new(request.into()) }
}

/// A request of an operation at the second seat.
pub fn perform_second(request: impl Into<ops::Request>) -> Request {
    Request::Perform { seat: Seat::Second, request: Box::new(request.into()) }
}

/// Starts the office thread. It ends when the sender of requests is dropped, closing every session.
pub fn spawn_office(
    office: Office,
    requests: Receiver<(Ticket, Request)>,
    inbox: SyncSender<Incoming<Counter>>,
) -> std::io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name("office".to_owned()).spawn(move || {
        // Reaches the loop also when this thread panics.
        let _gone = TellGone(inbox.clone());
        let mut desk = OfficeDesk { news: Some(inbox.clone()), ..OfficeDesk::new(office) };
        for (ticket, request) in requests {
            if inbox.send(desk.serve(ticket, request)).is_err() {
                break;
            }
        }
        desk.close();
    })
}

struct TellGone(SyncSender<Incoming<Counter>>);

impl Drop for TellGone {
    fn drop(&mut self) {
        // Nobody listens any more when the program ends in order.
        self.0.send(Incoming::Stop(Ending::OfficeGone)).unwrap_or(());
    }
}

/// The office side of the counter. Tests use it without a thread.
pub struct OfficeDesk {
    office: Office,
    main: Option<Box<Session>>,
    second: Option<Box<Session>>,
    supervisor: Option<Box<Session>>,
    /// As whoever acted last has found it, at any seat.
    warning: Option<Warning>,
    /// Where news go. `None` where nobody waits for any.
    news: Option<SyncSender<Incoming<Counter>>>,
}

impl OfficeDesk {
    pub const fn new(office: Office) -> Self {
        Self { office, main: None, second: None, supervisor: None, warning: None, news: None }
    }

    /// An answer as it travels back: none goes without what every panel has to show, so that no screen can forget it.
    pub fn serve(&mut self, ticket: Ticket, request: Request) -> Incoming<Counter> {
        let reply = self.answer(request);
        Incoming::Reply(ticket, reply, self.warning.clone())
    }

    pub fn answer(&mut self, request: Request) -> Reply {
        match request {
            Request::BeginSetUp => Reply::SetUpBegun(self.office.begin_set_up().map(Box::new)),
            Request::FinishSetUp { set_up, office_name, founders } => {
                let finished = set_up.finish(&office_name, &founders);
                Reply::SetUpFinished(finished.map(|first| (&first).into()).map_err(|reason| (set_up, reason)))
            }
            Request::SignIn { seat, credentials } => Reply::SignedIn(self.sign_in(seat, &credentials)),
            Request::FinishEnrolment { seat, enrolment, password, code } => {
                Reply::Enrolled(match enrolment.finish(&password, &code) {
                    Ok(session) => Ok(self.sit_down(seat, Box::new(session))),
                    Err(refused) => Err(refused),
                })
            }
            Request::Perform { seat, request } => match self.seat(seat) {
                None => Reply::NobodyThere,
                Some(session) => {
                    let reply = request.perform(session);
                    self.warning = self.seat(seat).and_then(|session| session.warning().cloned());
                    Reply::Performed(Box::new(reply))
                }
            },
            Request::VerifyLog { request, breaker } => {
                let news = self.news.clone();
                let Some(session) = self.seat(Seat::Main) else { return Reply::NobodyThere };
                let found = session.verify_log(request, &mut |rows| {
                    if rows % ROWS_PER_NEWS == 1
                        && let Some(inbox) = &news
                    {
                        // A panel that is behind misses some: the next ones say more.
                        let _ = inbox.try_send(Incoming::News(News::RowsChecked(rows)));
                    }
                    breaker.flow()
                });
                Reply::Performed(Box::new(ops::Reply::VerifyLog(found)))
            }
            Request::Forms => {
                let house = self.office.house();
                Reply::Forms(house.shared_catalog(), house.gazetteer())
            }
            Request::Leave { seat } => {
                self.leave(seat);
                Reply::Left
            }
        }
    }

    /// Ends every session.
    pub fn close(&mut self) {
        for seat in [Seat::Supervisor, Seat::Second, Seat::Main] {
            self.leave(seat);
        }
    }

    fn sign_in(&mut self, seat: Seat, credentials: &Credentials) -> Result<Arrival, Reason> {
        Ok(match self.office.sign_in(credentials)? {
            SignedIn::In(session) => Arrival::In(self.sit_down(seat, session)),
            SignedIn::MustEnrol(enrolment) => Arrival::MustEnrol(enrolment),
        })
    }

    fn sit_down(&mut self, seat: Seat, session: Box<Session>) -> Box<Face> {
        self.leave(seat);
        let face = Box::new(session.face().clone());
        self.warning = session.warning().cloned();
        *self.seat_mut(seat) = Some(session);
        face
    }

    fn leave(&mut self, seat: Seat) {
        if let Some(mut session) = self.seat_mut(seat).take() {
            // The session ends whether or not the row can be written; a suspended account gets a denied row.
            let _ = session.perform(SignOut);
        }
        if seat == Seat::Main {
            // Nobody is there to be warned; the next one is at the door.
            self.warning = None;
            for beside in [Seat::Supervisor, Seat::Second] {
                if self.seat(beside).is_some() {
                    self.leave(beside);
                }
            }
        }
    }

    fn seat(&mut self, seat: Seat) -> Option<&mut Session> {
        self.seat_mut(seat).as_deref_mut()
    }

    const fn seat_mut(&mut self, seat: Seat) -> &mut Option<Box<Session>> {
        match seat {
            Seat::Main => &mut self.main,
            Seat::Second => &mut self.second,
            Seat::Supervisor => &mut self.supervisor,
        }
    }
}
