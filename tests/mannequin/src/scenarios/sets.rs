//! Rooms, lights and cameras in which the people of the tables are filmed.

use crate::{
    camera::Camera,
    render::{Set, light::Light, room::Room},
};

/// A phone held upright at hip height, in a living room by day.
pub(super) const LIVING: Set = Set {
    room: Room::LIVING,
    light: Light::DAY,
    camera: Camera {
        distance: 3.6,
        ..Camera::UPRIGHT
    },
    things: &[],
};

/// A phone leaning low, a little aside, in a gym under lamps.
pub(super) const GYM: Set = Set {
    room: Room::GYM,
    light: Light {
        toward: [-0.5, 1.3, 0.55],
        lamp: 0.95,
        around: 0.5,
        exposure: 1.2,
        noise: 2.4,
    },
    camera: Camera {
        width: 480,
        height: 640,
        lens_height: 0.55,
        distance: 3.8,
        aside: 0.22,
        look_height: 1.03,
        view_deg: 47.0,
    },
    things: &[],
};

/// A laptop on a table, picture lying, in a bright hall.
pub(super) const HALL: Set = Set {
    room: Room::HALL,
    light: Light {
        toward: [0.2, 0.9, 1.0],
        lamp: 0.55,
        around: 0.7,
        exposure: 1.1,
        noise: 1.2,
    },
    camera: Camera {
        width: 640,
        height: 480,
        lens_height: 1.15,
        distance: 4.4,
        aside: -0.15,
        look_height: 1.0,
        view_deg: 38.0,
    },
    things: &[],
};

/// A phone on its side, leaned against something on the floor.
const LOW: Camera = Camera {
    width: 640,
    height: 480,
    lens_height: 0.35,
    distance: 2.6,
    aside: 0.0,
    look_height: 0.45,
    view_deg: 47.0,
};

/// A living room seen from the floor: for tests on the floor, as the next two.
pub(super) const FLOOR: Set = Set {
    camera: LOW,
    ..LIVING
};

/// A gym seen from a bench, a little aside.
pub(super) const BENCH: Set = Set {
    camera: Camera {
        lens_height: 0.75,
        distance: 3.0,
        aside: 0.25,
        look_height: 0.40,
        view_deg: 42.0,
        ..LOW
    },
    ..GYM
};

/// A hall seen by a laptop on a chair.
pub(super) const CHAIR: Set = Set {
    camera: Camera {
        lens_height: 0.55,
        distance: 3.3,
        aside: -0.2,
        look_height: 0.5,
        view_deg: 40.0,
        ..LOW
    },
    ..HALL
};

/// The same in the evening: one weak lamp, and a sensor that sees much of its own noise.
pub(super) const fn dim(set: Set) -> Set {
    Set {
        light: Light {
            exposure: 0.075 * set.light.exposure,
            noise: 11.0,
            ..set.light
        },
        ..set
    }
}

/// The same from half as far away again, where the person is small in the picture.
pub(super) const fn far(set: Set) -> Set {
    Set {
        camera: Camera {
            distance: 1.6 * set.camera.distance,
            ..set.camera
        },
        ..set
    }
}

/// A phone held upright near the person, in a living room: for tests of head and neck, as the next two. Shows the upper
/// body down to the thighs.
pub(super) const NEAR: Set = Set {
    camera: Camera {
        lens_height: 1.25,
        distance: 1.75,
        look_height: 1.30,
        view_deg: 50.0,
        ..Camera::UPRIGHT
    },
    ..LIVING
};

/// A phone on a shelf, a little aside and above.
pub(super) const SHELF: Set = Set {
    camera: Camera {
        lens_height: 1.50,
        distance: 2.1,
        aside: 0.2,
        look_height: 1.28,
        view_deg: 44.0,
        ..Camera::UPRIGHT
    },
    ..GYM
};

/// A laptop on a desk.
pub(super) const DESK: Set = Set {
    camera: Camera {
        width: 640,
        height: 480,
        lens_height: 1.10,
        distance: 2.0,
        aside: -0.15,
        look_height: 1.30,
        view_deg: 42.0,
    },
    ..HALL
};
