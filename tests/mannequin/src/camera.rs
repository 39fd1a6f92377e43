//! A pinhole camera: where it stands, where it looks, and how points of the room fall into the picture.

use glam::Vec3;
use serde::Serialize;

/// A camera and the size of its picture.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Camera {
    /// Width of the picture in pixels, even.
    pub width: u32,
    /// Height of the picture in pixels, even.
    pub height: u32,
    /// Lens above the floor, metres.
    pub lens_height: f32,
    /// Distance from the origin of the room along +z, metres.
    pub distance: f32,
    /// Sideways position (x), metres.
    pub aside: f32,
    /// The point looked at lies over the room's origin at this height, metres.
    pub look_height: f32,
    /// Whole vertical angle of view, degrees.
    pub view_deg: f32,
}

impl Camera {
    /// A phone held upright, leaned against something at hip height: 480 x 640.
    pub const UPRIGHT: Self = Self {
        width: 480,
        height: 640,
        lens_height: 0.95,
        distance: 3.1,
        aside: 0.0,
        look_height: 1.02,
        view_deg: 48.0,
    };

    /// The camera's place and axes in the room.
    #[must_use]
    pub fn view(&self) -> View {
        let eye = Vec3::new(self.aside, self.lens_height, self.distance);
        let ahead = (Vec3::new(0.0, self.look_height, 0.0) - eye).normalize_or(Vec3::NEG_Z);
        let right = ahead.cross(Vec3::Y).normalize_or(Vec3::X);
        View {
            eye,
            right,
            down: ahead.cross(right),
            ahead,
            focal: 0.5 * self.height as f32 / (0.5 * self.view_deg.to_radians()).tan(),
            centre: (0.5 * self.width as f32, 0.5 * self.height as f32),
        }
    }
}

/// A camera's axes, ready for projecting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// The lens, in the room.
    pub eye: Vec3,
    /// The picture's x axis.
    pub right: Vec3,
    /// The picture's y axis.
    pub down: Vec3,
    /// The direction of view.
    pub ahead: Vec3,
    /// Focal length in pixels.
    pub focal: f32,
    /// Middle of the picture in pixels.
    pub centre: (f32, f32),
}

impl View {
    /// A point of the room in the camera's frame: x right, y down, z away from the camera, metres.
    #[must_use]
    pub fn to_camera(&self, point: Vec3) -> Vec3 {
        let offset = point - self.eye;
        Vec3::new(
            offset.dot(self.right),
            offset.dot(self.down),
            offset.dot(self.ahead),
        )
    }

    /// Pixel position and distance along the view of a point of the room.
    #[must_use]
    pub fn project(&self, point: Vec3) -> Vec3 {
        let camera = self.to_camera(point);
        let scale = self.focal / camera.z.max(0.05);
        Vec3::new(
            self.centre.0 + camera.x * scale,
            self.centre.1 + camera.y * scale,
            camera.z,
        )
    }

    /// The direction through a pixel position, in the room, not normalized.
    #[must_use]
    pub fn ray(&self, x: f32, y: f32) -> Vec3 {
        self.ahead
            + self.right * ((x - self.centre.0) / self.focal)
            + self.down * ((y - self.centre.1) / self.focal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ray_through_a_projected_point_leads_back_to_it() {
        let view = Camera {
            aside: 0.3,
            lens_height: 0.5,
            ..Camera::UPRIGHT
        }
        .view();
        for point in [
            Vec3::new(0.4, 1.7, 0.1),
            Vec3::new(-0.6, 0.0, 0.9),
            Vec3::new(0.0, 2.2, -1.0),
        ] {
            let seen = view.project(point);
            let back = view.eye + view.ray(seen.x, seen.y) * seen.z;
            assert!(back.distance(point) < 1e-4, "{point} came back as {back}");
        }
    }

    #[test]
    fn the_point_looked_at_is_in_the_middle_and_left_of_a_person_is_right_in_the_picture() {
        let camera = Camera::UPRIGHT;
        let view = camera.view();
        let middle = view.project(Vec3::new(0.0, camera.look_height, 0.0));
        assert!(
            (middle.x - 240.0).abs() < 0.01 && (middle.y - 320.0).abs() < 0.01,
            "{middle}"
        );
        assert!(view.project(Vec3::new(0.2, 1.0, 0.0)).x > middle.x);
        assert!(view.project(Vec3::new(0.0, 1.8, 0.0)).y < middle.y);
    }
}
